import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { printKey } from '../palette/keys.ts';

/** A tooltip with the key that does the same. */
export function Hint({
  text,
  keyName,
  side = 'bottom',
  children,
}: {
  text: ReactNode;
  keyName?: string;
  side?: 'top' | 'bottom' | 'left' | 'right';
  children: ReactNode;
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="hint" side={side} sideOffset={6} collisionPadding={8}>
          {text}
          {keyName !== undefined && <kbd>{printKey(keyName)}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
