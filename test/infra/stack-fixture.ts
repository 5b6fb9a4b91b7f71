// The two stacks with bundles that are empty files: what a template says does not hang on what the functions do.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Bundles } from '../../infra/bundle.ts';
import { readConfig } from '../../infra/config.ts';
import { FUNCTIONS } from '../../infra/queue-settings.ts';
import { makeStacks } from '../../infra/stacks.ts';

export type Json = Record<string, unknown>;
export type Resource = { readonly Type: string; readonly Properties: Json } & Json;
/** Both templates, as plain data that a test may spoil. */
export type Templates = { readonly data: TemplateJson; readonly application: TemplateJson };
export type TemplateJson = { readonly Resources: Record<string, Resource>; readonly Outputs?: Json };

export function synthesize(
  settings: Readonly<Record<string, string>> = {},
  options: { readonly plugin?: (app: App) => IPolicyValidationPlugin; readonly validate?: boolean } = {},
) {
  // The built-in validator costs seconds at its first use: one test asks for it.
  process.env.CDK_VALIDATION = options.validate ? 'true' : 'false';
  const outdir = mkdtempSync(join(tmpdir(), 'relance-synth-'));
  const app = new App({
    outdir,
    context: {
      '@aws-cdk/core:defaultCrossStackReferences': 'strong',
      '@aws-cdk/core:validateAgainstDefaultRules': true,
    },
  });
  if (options.plugin) Validations.of(app).addPlugins(options.plugin(app));
  const config = readConfig((name) => settings[name], {});
  const stacks = makeStacks(app, config, {
    bundles: emptyBundles(outdir),
    consoleBuild: join(outdir, 'no-build'),
    account: undefined,
  });
  return { app, config, ...stacks, outdir };
}

export function templatesOf(settings: Readonly<Record<string, string>> = {}): Templates {
  const { data, application } = synthesize(settings);
  return {
    data: Template.fromStack(data).toJSON() as TemplateJson,
    application: Template.fromStack(application).toJSON() as TemplateJson,
  };
}

function emptyBundles(folder: string): Bundles {
  const names = [...FUNCTIONS, 'activate-rule-set'] as const;
  return Object.fromEntries(
    names.map((name) => {
      const bundle = join(folder, 'bundles', name);
      mkdirSync(bundle, { recursive: true });
      writeFileSync(join(bundle, 'index.mjs'), `export const handler = async () => '${name}';\n`);
      return [name, bundle];
    }),
  ) as Bundles;
}

export const ofType = (template: TemplateJson, type: string): readonly (readonly [string, Resource])[] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
