// The focus comes back from a dialog to where it was.
import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { Dialog } from '../../web/src/parts/dialog.tsx';
import { show } from './support.tsx';

function Asking() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setIsOpen(true)}>
        ask
      </button>
      {isOpen ? (
        <Dialog title="Why?" onClose={() => setIsOpen(false)}>
          <input data-autofocus />
        </Dialog>
      ) : null}
    </>
  );
}

test('Escape in a dialog gives the focus back to the button that opened it', async () => {
  await show(<Asking />);
  await userEvent.click(await screen.findByRole('button', { name: 'ask' }));
  await waitFor(() => expect(document.activeElement?.tagName).toBe('INPUT'));
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(document.activeElement?.textContent).toBe('ask'));
});
