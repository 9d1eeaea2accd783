import { stat } from 'node:fs/promises';
import { CommandLineError, helpText } from '../../main/command-line.ts';
import { runVerb } from '../run-verb.ts';
import { readVerifyOptions, verifyDocs, verifyUsage, type VerifyOptions } from '../verify/read-verify-options.ts';

await runVerb(async (argv) => {
  const options = readVerifyOptions(argv);
  if (options.help) {
    process.stdout.write(helpText(verifyUsage, verifyDocs));
    return 0;
  }
  if (options.audit) return verifyLog(options);
  if (options.bundle !== null) return verifyOne(options.bundle, options);
  throw new CommandLineError('Which bundle? (npm run verify -- bundle.zip; --help lists the options) Nothing was checked.');
});

async function verifyLog(options: VerifyOptions): Promise<number> {
  const { readPublishedKey } = await import('../verify/read-published-key.ts');
  const { auditReport, auditReportText } = await import('../verify/audit-report.ts');
  const known = options.key === null ? null : await readPublishedKey(options.key);
  const { report, exitCode } = await auditReport(options, known);
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : auditReportText(report));
  return exitCode;
}

async function verifyOne(path: string, options: VerifyOptions): Promise<number> {
  const { readPublishedKey } = await import('../verify/read-published-key.ts');
  const { openBundleFile } = await import('../../main/stores/files/bundle-files.ts');
  const { verifyBundle } = await import('../../main/features/evidence/verify-bundle.ts');
  const { bundleReport, bundleReportText } = await import('../verify/bundle-report.ts');
  const known = options.key === null ? null : await readPublishedKey(options.key);
  const knownSecond = options.secondKey === null ? null : await readPublishedKey(options.secondKey);
  if ((await stat(path).catch(() => null))?.isFile() !== true)
    throw new CommandLineError(`There is no file ${path}. Nothing was checked.`);
  const source = await openBundleFile(path);
  try {
    const { report, exitCode } = bundleReport(path, await verifyBundle(source), known, knownSecond);
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : bundleReportText(report));
    return exitCode;
  } finally {
    await source.close();
  }
}
