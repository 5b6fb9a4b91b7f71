/** The CDK entry: `cdk synth` and `cdk deploy` run this file as it is, by Node's own type stripping. */
import { App } from 'aws-cdk-lib';
import { readConfig } from './config.ts';
import { DataStack } from './data-stack.ts';

const app = new App();
const config = readConfig((name) => app.node.tryGetContext(name), process.env);
new DataStack(app, `Relance-${config.stage}-Data`, config);
