// Whether something was ever true: what is opened rarely is loaded then, and stays for its way out.
import { useState } from 'react';

export function useWasTrue(is: boolean): boolean {
  const [was, setWas] = useState(is);
  if (is && !was) setWas(true);
  return was || is;
}
