import { conforms } from '../run-vectors.ts';

conforms('keda-fallback', 8);
conforms('keda-hpa-composition', 15);
conforms('keda-scale-executor', 11);
conforms('keda-scaled-jobs', 14);
