import { conforms } from '../run-vectors.ts';

conforms('aws-predictive', 6);
conforms('aws-step-scaling', 18);
conforms('aws-target-tracking', 13);
