/** The CDK entry: `cdk synth` and `cdk deploy` run this file as it is, by Node's own type stripping. */
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundleAll } from './bundle.ts';
import { readConfig } from './config.ts';
import { makeStacks } from './stacks.ts';

const app = new App();
const config = readConfig((name) => app.node.tryGetContext(name), process.env);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
makeStacks(app, config, {
  bundles: await bundleAll(),
  // `npm run deploy` builds it and says where; synth alone needs none.
  consoleBuild: process.env.RELANCE_CONSOLE ?? 'not built',
  account: config.account ?? process.env.CDK_DEFAULT_ACCOUNT,
});
