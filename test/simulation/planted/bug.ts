/** A bug that the simulator must find: what is wrong with it, and the words of the product that make it. */

/** `find` stands exactly once in `file`; otherwise loading fails. */
export type SourcePatch = { readonly file: string; readonly find: string; readonly put: string };

export type PlantedBug = {
  readonly name: string;
  /** The mistake, as an engineer would make it. */
  readonly mistake: string;
  readonly patches: readonly SourcePatch[];
  /** Where it is looked for: names of workloads. */
  readonly workloads: readonly string[];
};
