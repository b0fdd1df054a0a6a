import { conforms } from '../run-vectors.ts';

conforms('kpa-active-condition', 4);
conforms('kpa-buckets', 12);
conforms('kpa-decider', 21);
conforms('kpa-max-window', 8);
conforms('kpa-scaler', 17);
conforms('kpa-targets', 20);
