import { DropdownMenu } from 'radix-ui';
import type { LaneModel } from '../../../sim-core/index.ts';
import {
  moveLane,
  orderedLanes,
  toggleLane,
  togglePin,
  usualArrangement,
  visibleLanes,
} from '../../stores/lane-arrangement.ts';
import { CheckIcon } from '../app/icons.tsx';
import { usePreferences, useSession, useView } from '../app/session-context.ts';

/** What can be done with a lane: pin it, move it, hide it, and bring others back. */
export function LaneMenu({ lane }: { lane: Pick<LaneModel, 'id' | 'name'> }) {
  const { view } = useSession();
  const arrangement = usePreferences((state) => state.lanes);
  const known = useView((state) => state.lanes);
  const ids = known.map(({ id }) => id);
  const visible = visibleLanes(ids, arrangement);
  const at = visible.indexOf(lane.id);
  const pinned = arrangement.pinned.includes(lane.id);
  // Pinned lanes move among themselves, as do the others.
  const canGo = (step: number): boolean => {
    const neighbour = visible[at + step];
    return neighbour !== undefined && arrangement.pinned.includes(neighbour) === pinned;
  };
  const go = (step: number): void => {
    if (canGo(step)) view.prefer({ lanes: moveLane(ids, arrangement, lane.id, at + step) });
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="lane-button"
        aria-label={`${lane.name} lane`}
        title="Pin, move, hide (Alt ↑ ↓ moves it)"
        onKeyDown={(event) => {
          if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
          event.preventDefault();
          event.stopPropagation();
          go(event.key === 'ArrowUp' ? -1 : 1);
        }}
      >
        <svg width="14" height="14" aria-hidden="true">
          <path d="M2 3.5h10M2 7h10M2 10.5h10" />
        </svg>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Item onSelect={() => view.prefer({ lanes: togglePin(arrangement, lane.id) })}>
            {pinned ? 'Unpin' : 'Pin to the top'}
          </DropdownMenu.Item>
          <DropdownMenu.Item disabled={!canGo(-1)} onSelect={() => go(-1)}>
            Move up <span className="quiet note">Alt ↑</span>
          </DropdownMenu.Item>
          <DropdownMenu.Item disabled={!canGo(1)} onSelect={() => go(1)}>
            Move down <span className="quiet note">Alt ↓</span>
          </DropdownMenu.Item>
          <DropdownMenu.Separator />
          <DropdownMenu.Label>Lanes drawn</DropdownMenu.Label>
          {orderedLanes(ids, arrangement).map((id) => (
            <DropdownMenu.CheckboxItem
              key={id}
              checked={visible.includes(id)}
              disabled={visible.length === 1 && visible[0] === id}
              onCheckedChange={() => view.prefer({ lanes: toggleLane(arrangement, id) })}
              onSelect={(event) => event.preventDefault()}
            >
              <span className="menu-check" aria-hidden="true">
                {visible.includes(id) && <CheckIcon />}
              </span>
              {known.find((one) => one.id === id)?.name}
            </DropdownMenu.CheckboxItem>
          ))}
          <DropdownMenu.Separator />
          <DropdownMenu.Item
            disabled={arrangement === usualArrangement}
            onSelect={() => view.prefer({ lanes: usualArrangement })}
          >
            All lanes as usual
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
