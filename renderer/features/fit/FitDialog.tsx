import { Dialog } from 'radix-ui';
import { useMemo, useRef, useState } from 'react';
import {
  durationUnits,
  fitChart,
  fitDistributions,
  formatDuration,
  readDurations,
  serviceTimeOf,
  unpackFile,
  type DurationUnit,
  type Issue,
  type MeasuredDurations,
} from '../../../sim-core/index.ts';
import { setInYaml } from '../../stores/yaml-edit.ts';
import { fileOf, gunzip } from '../../worker/blob-file.ts';
import { CloseIcon } from '../app/icons.tsx';
import { Prose } from '../app/Prose.tsx';
import { useSession } from '../app/session-context.ts';
import { useTheme } from '../app/use-theme.ts';
import { editText } from '../inspector/policy-edits.ts';
import './fit.css';

/** Offers to take a service's time from measurements instead of from a guess. */
export function FitButton({ service }: { service: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen} modal={false}>
      <Dialog.Trigger className="button button-small fit-button">Fit from data…</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Content
          className="trace-card fit-card"
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <header>
            <Dialog.Title asChild>
              <h2>Service time of {service}, from measurements</h2>
            </Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <CloseIcon />
            </Dialog.Close>
          </header>
          <FitForm service={service} onDone={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Bytes, unpacked: more would not fit beside everything else that a page holds. */
const largestFile = 2 ** 29;

interface Measured {
  /** absent when it could not be unpacked */
  readonly bytes?: Uint8Array;
  readonly issues: readonly Issue[];
}

function FitForm({ service, onDone }: { service: string; onDone: () => void }) {
  const session = useSession();
  const [measured, setMeasured] = useState<Measured | null>(null);
  const [unit, setUnit] = useState<DurationUnit | ''>('');
  const [column, setColumn] = useState('');
  const [chosen, setChosen] = useState(0);
  const outcome = useMemo(() => fitOf(measured, unit, column), [measured, unit, column]);
  /** A file that is unpacked when another was given meanwhile comes too late. */
  const latest = useRef<object>({});
  const take = (next: Measured | null): void => {
    latest.current = {};
    setChosen(0);
    setMeasured(next);
  };
  const takeFile = async (file: File): Promise<void> => {
    const own = {};
    latest.current = own;
    const unpacked = await unpackFile(fileOf(file.name, file), { gunzip, largest: largestFile });
    if (latest.current === own) take(unpacked);
  };

  const use = (): void => {
    const fit = outcome?.fits[chosen];
    if (!fit || !outcome?.sample) return;
    const serviceTime = serviceTimeOf(fit, outcome.sample);
    if (!editText(session, (text) => setInYaml(text, ['services', service, 'serviceTime'], serviceTime))) return;
    session.messages.say('done', `The service time of ${service} is ${fit.family} now, fitted to the measurements.`, {
      label: 'Undo',
      run: () => void session.documents.undo(),
    });
    onDone();
  };

  return (
    <>
      <textarea
        aria-label="Durations"
        rows={4}
        spellCheck={false}
        placeholder={'Paste durations, one a line, or a table with a column of them:\n83.1\n79.4\n120'}
        onChange={(event) => {
          const { value } = event.target;
          take(value.trim() === '' ? null : { bytes: new TextEncoder().encode(value), issues: [] });
        }}
      />
      <div className="trace-mapping">
        <label>
          or a file
          <input
            type="file"
            accept=".csv,.tsv,.txt,.log,.json,.jsonl,.ndjson,.jtl,.xml,.hlog,.hgrm,.gz,.zst"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (!file) return;
              takeFile(file).catch((error: unknown) =>
                session.messages.say('error', `${file.name} could not be read: ${String(error)}`),
              );
            }}
          />
        </label>
        <label>
          Column
          <input value={column} placeholder="by itself" size={12} onChange={(event) => setColumn(event.target.value)} />
        </label>
        <label>
          Unit
          <select value={unit} onChange={(event) => setUnit(event.target.value as DurationUnit | '')}>
            <option value="">as named, else s</option>
            {durationUnits.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </div>
      {outcome && outcome.messages.length > 0 && (
        <ul className="trace-issues">
          {outcome.messages.map(({ severity, message }) => (
            <li key={message} data-severity={severity}>
              <Prose text={message} />
            </li>
          ))}
        </ul>
      )}
      {outcome?.sample && outcome.fits.length > 0 && (
        <>
          <FitPicture outcome={outcome} chosen={chosen} />
          <FitRanking outcome={outcome} chosen={chosen} onChosen={setChosen} />
        </>
      )}
      <footer>
        <span className="quiet">Nothing leaves this machine.</span>
        <button type="button" className="button button-primary" disabled={!outcome?.fits.length} onClick={use}>
          Use {outcome?.fits[chosen]?.family ?? 'the fit'}
        </button>
      </footer>
    </>
  );
}

type Outcome = NonNullable<ReturnType<typeof fitOf>>;

function fitOf(measured: Measured | null, unit: DurationUnit | '', column: string) {
  if (!measured) return null;
  const wanted = /^\d+$/.test(column.trim()) ? Number(column) : column.trim();
  const read: MeasuredDurations =
    measured.bytes === undefined
      ? { issues: measured.issues }
      : readDurations(measured.bytes, {
          ...(unit === '' ? {} : { unit }),
          ...(wanted === '' ? {} : { column: wanted }),
        });
  const fitted = read.values === undefined ? undefined : fitDistributions(read.values);
  const messages = [...read.issues, ...(fitted?.issues ?? [])].map(({ severity, message }) => ({
    severity,
    // Here options are fields.
    message: message.replace('with --column', 'in the field Column').replace('with --unit ms', 'in the field Unit'),
  }));
  return { messages, sample: fitted?.sample, fits: fitted?.fits ?? [], excluded: fitted?.excluded ?? [] };
}

function FitPicture({ outcome, chosen }: { outcome: Outcome; chosen: number }) {
  const theme = useTheme();
  const source = useMemo(() => {
    const { sample, fits } = outcome;
    if (!sample) return '';
    const best = fits.slice(0, 3);
    const drawn = chosen < 3 ? best : [fits[chosen]!, ...best.slice(0, 2)];
    const svg = fitChart({ sample, fits: drawn, title: '', width: 880, height: 320, theme });
    return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  }, [outcome, chosen, theme]);
  return (
    <img
      className="fit-picture"
      src={source}
      width={880}
      height={320}
      alt={`${outcome.sample?.count} durations and the fitted families: how often each occurs, and measured against fitted quantiles`}
    />
  );
}

interface RankingProps {
  readonly outcome: Outcome;
  readonly chosen: number;
  readonly onChosen: (index: number) => void;
}

function FitRanking({ outcome, chosen, onChosen }: RankingProps) {
  const { fits, excluded, sample } = outcome;
  return (
    <div className="fit-ranking">
      <table className="plain-table">
        <caption>
          {sample?.count.toLocaleString('en')} durations, mean{' '}
          {formatDuration(Number((sample?.mean ?? NaN).toPrecision(3)))}
        </caption>
        <thead>
          <tr>
            <th scope="col">Family</th>
            <th scope="col" className="number">
              AIC above the best
            </th>
            <th scope="col" className="number">
              Kolmogorov–Smirnov
            </th>
            <th scope="col" className="number">
              Anderson–Darling
            </th>
          </tr>
        </thead>
        <tbody>
          {fits.map(({ family, aic, kolmogorovSmirnov, andersonDarling }, index) => (
            <tr key={family}>
              <th scope="row">
                <label className="check">
                  <input type="radio" name="fit" checked={index === chosen} onChange={() => onChosen(index)} /> {family}
                </label>
              </th>
              <td className="number">{index === 0 ? '0' : (aic - fits[0]!.aic).toFixed(1)}</td>
              <td className="number">{kolmogorovSmirnov.toFixed(3)}</td>
              <td className="number">{andersonDarling.toPrecision(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {excluded.map(({ family, reason }) => (
        <p key={family} className="quiet">
          {family}: {reason}
        </p>
      ))}
    </div>
  );
}
