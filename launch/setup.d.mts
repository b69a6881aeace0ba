/** The folder of the clone. */
export const root: string;

/** Checks Node, installs and builds what is missing. Throws a Failure; `tell` hears what takes long. */
export function setUp(tell?: (line: string) => void): Promise<void>;
