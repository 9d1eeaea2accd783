/** The version in package.json; put in by the bundler. */
declare const __DEEDBAN_VERSION__: string;
/** What the demonstration city is drawn by, as the bundler found it; only in bundles. */
declare const __DEEDBAN_CITY_STAMP__: string;
