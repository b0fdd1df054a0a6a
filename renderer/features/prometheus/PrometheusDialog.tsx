import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { useStore } from 'zustand';
import { ranges, type RangeChoice } from '../../stores/prometheus-form.ts';
import { CloseIcon } from '../app/icons.tsx';
import { useSession } from '../app/session-context.ts';
import { openOverlay, overlayStore } from '../palette/overlays.ts';
import { Expressions } from './Expressions.tsx';
import { Field } from './Field.tsx';
import { recordFromPrometheus } from './record.ts';
import './prometheus.css';

/** A trace from a live Prometheus: what to ask, whom, and nothing is asked before Fetch. */
export function PrometheusDialog() {
  const { prometheus } = useSession();
  const open = useStore(overlayStore, (state) => state.open === 'prometheus');
  const close = (): void => {
    prometheus.cancel();
    openOverlay(null);
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? openOverlay('prometheus') : close())}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay-veil" />
        <Dialog.Content className="overlay-card overlay-dialog prometheus" aria-describedby={undefined}>
          <header>
            <Dialog.Title>Trace from Prometheus</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <CloseIcon />
            </Dialog.Close>
          </header>
          <PrometheusForm />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const rangeNames: Readonly<Record<RangeChoice, string>> = {
  '24h': 'the last 24 hours',
  '7d': 'the last 7 days',
  between: 'from – to',
};

function PrometheusForm() {
  const session = useSession();
  const { change, cancel, store } = session.prometheus;
  const { form, problems, progress } = useStore(store);
  const [login, setLogin] = useState('');
  const busy = progress !== null;
  const between = form.range === 'between';
  return (
    <form
      noValidate
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void recordFromPrometheus(session, login.trim());
      }}
    >
      <fieldset disabled={busy}>
        <Field
          label="Address"
          value={form.address}
          placeholder="http://prometheus:9090"
          problem={problems.address}
          onChange={(address) => change({ address })}
        />
        <Field
          label="Authorization"
          type="password"
          value={login}
          placeholder="Bearer …, if it asks for a login; not remembered"
          problem={problems.login}
          onChange={setLogin}
        />
        <Expressions queries={form.queries} problems={problems} onChange={(queries) => change({ queries })} />
        <div className="prometheus-range">
          <label>
            Range
            <select
              className="field-choice"
              value={form.range}
              onChange={({ target }) => change({ range: target.value as RangeChoice })}
            >
              {ranges.map((range) => (
                <option key={range} value={range}>
                  {rangeNames[range]}
                </option>
              ))}
            </select>
          </label>
          <Field
            label="Step"
            value={form.step}
            placeholder="1m"
            problem={problems.step}
            onChange={(step) => change({ step })}
          />
        </div>
        {between && (
          <div className="prometheus-range">
            <Field
              label="From"
              value={form.from}
              placeholder="2026-11-20T00:00:00Z"
              problem={problems.from}
              onChange={(from) => change({ from })}
            />
            <Field
              label="To"
              value={form.to}
              placeholder="2026-11-21T00:00:00Z"
              problem={problems.to}
              onChange={(to) => change({ to })}
            />
          </div>
        )}
        {!between && problems.to !== undefined && (
          <p className="prometheus-problem" role="alert">
            {problems.to}
          </p>
        )}
      </fieldset>
      <footer>
        {busy ? (
          <>
            <progress aria-label="Fetching" value={progress} max={1} />
            <span className="quiet">{Math.floor(progress * 100)} %</span>
            <button key="cancel" type="button" className="button" autoFocus onClick={cancel}>
              Cancel
            </button>
          </>
        ) : (
          <>
            <span className="quiet">Only this address is asked, and only when you press Fetch.</span>
            <button key="fetch" type="submit" className="button button-primary">
              Fetch
            </button>
          </>
        )}
      </footer>
    </form>
  );
}
