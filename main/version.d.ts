/** The version in package.json; put in by the bundler. */
declare const __DEEDBAN_VERSION__: string;
