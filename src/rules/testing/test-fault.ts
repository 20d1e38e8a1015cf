// A test that cannot be played on: the step names something that is not there. Its test fails, no other does.
export class TestFault extends Error {
  override readonly name = 'TestFault';
}
