/** The two stacks of one stage: the data that must stay, and the application over it. */
import { type App, Tags } from 'aws-cdk-lib';
import { acknowledge } from './acknowledgements.ts';
import { AppStack, type AppStackProps } from './app-stack.ts';
import type { Config } from './config.ts';
import { DataStack } from './data-stack.ts';
import { contentSecurityPolicy } from './site-policy.ts';

export function makeStacks(
  app: App,
  config: Config,
  of: Pick<AppStackProps, 'bundles' | 'consoleBuild'> & { readonly account: string | undefined },
): { readonly data: DataStack; readonly application: AppStack } {
  const { bundles, consoleBuild, account } = of;
  // Without an account the template asks for it at deploy: synth needs none.
  const env = { region: config.region, ...(account ? { account } : {}) };
  const name = `Relance-${config.stage}`;
  const data = new DataStack(app, `${name}-Data`, config, { env, description: 'Relance: data' });
  const application = new AppStack(app, `${name}-App`, {
    env,
    description: 'Relance: application',
    config,
    data,
    bundles,
    consoleBuild,
    siteHeaders: (hosts) => ({ contentSecurityPolicy: contentSecurityPolicy(hosts) }),
  });
  Tags.of(app).add('relance', config.stage);
  acknowledge(data, application);
  return { data, application };
}
