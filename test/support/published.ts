import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Reads a file of the reference data beside the repository; says so when it is not there. */
export function readShared(path: string): string {
  const file = fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));
  if (!existsSync(file)) throw new Error(`This test compares with reference data that is not here: ${file}`);
  return readFileSync(file, 'utf8');
}

export interface QueueingTables {
  readonly MMc: readonly { c: number; rho: number; P_wait: number; Wq: number; Lq: number }[];
  readonly ErlangB: readonly { c: number; a: number; B: number }[];
  readonly MMc_percentiles: readonly PercentileRow[];
  readonly MDc: readonly { c: number; rho: number; Wq: number }[];
  readonly MDc_percentiles: readonly Omit<PercentileRow, 'sojourn'>[];
  readonly MGc_phase_type: readonly {
    service: string;
    scv_service: number;
    c: number;
    rho: number;
    Wq: number;
    P_wait: number;
  }[];
  readonly GIGc_phase_type: readonly {
    arrivals: string;
    scv_arrivals: number;
    service: string;
    scv_service: number;
    c: number;
    rho: number;
    Wq: number;
    P_wait: number;
  }[];
  readonly DMc: readonly { c: number; rho: number; Wq: number; P_wait: number }[];
  readonly MMcK: readonly { c: number; K_total: number; rho_offered: number; P_block: number; Lq: number }[];
  readonly closed_MMc_users_think: readonly {
    c: number;
    users: number;
    think_mean: number;
    throughput: number;
    response_mean: number;
    utilisation: number;
  }[];
  readonly approximation_accuracy_against_these: Readonly<
    Record<string, { n: number; mean_abs_rel_err: number; max: number }>
  >;
  readonly MMc_plus_M_ErlangA: readonly {
    c: number;
    lam: number;
    theta: number;
    P_abandon: number;
    Lq: number;
    P_wait: number;
  }[];
}

interface PercentileRow {
  readonly c: number;
  readonly rho: number;
  /** probability → service times */
  readonly wait: Readonly<Record<string, number>>;
  readonly sojourn: Readonly<Record<string, number>>;
}

/** Exact values, mean service time 1; see `published/README.md` there. */
export function queueingTables(): QueueingTables {
  return JSON.parse(readShared('published/queueing_tables.json')) as QueueingTables;
}
