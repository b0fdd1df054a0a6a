import { conforms } from '../run-vectors.ts';

conforms('azure-autoscale', 19, ['documented two-metric example, 30 instances, CPU 65, 1500 requests, in by 10']);
