/** `--format sarif`: SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), as GitHub code scanning reads it. */
import type { ArtifactChange, Fix as SarifFix, Location, Log, ReportingDescriptor, Result } from 'sarif';
import { pathToFileURL } from 'node:url';
import type { Fix } from '../../analyzer/finding.ts';
import { editsByFile } from '../../analyzer/fixes/edits.ts';
import { sha256 } from '../../analyzer/text-hash.ts';
import { docsUrl, ruleMetas } from '../../analyzer/rule-infos.ts';
import type { Severity } from '../../config/severity.ts';
import { relativeTo } from '../session.ts';
import { version } from '../version.ts';
import type { Report, ReportedFinding, ReportedPlace } from './report.ts';

const levels = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const satisfies Record<Severity, Result.level>;

/** @param withFixes whether fixes are given as artifact changes; those that make a file have no form in SARIF and are left out */
export function formatSarif(report: Report, withFixes: boolean): string {
  const rules = ruleMetas();
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: {
          driver: {
            name: 'Keyscope',
            version,
            semanticVersion: version,
            informationUri: 'https://github.com/keyscope/keyscope',
            rules: rules.map(
              (meta): ReportingDescriptor => ({
                id: meta.id,
                name: pascalCase(meta.id),
                shortDescription: { text: meta.summary },
                helpUri: docsUrl(meta.id),
                defaultConfiguration: { level: levels[meta.severity] },
                properties: { tags: ['redis', meta.category] },
              }),
            ),
          },
        },
        originalUriBaseIds: { SRCROOT: { uri: `${pathToFileURL(report.root).href}/` } },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true }],
        results: report.findings.map((finding) => {
          const result = resultOf(finding, rules.findIndex(({ id }) => id === finding.rule));
          const fixes = withFixes ? finding.fixes.flatMap((fix) => fixOf(fix, report.root)) : [];
          return fixes.length > 0 ? { ...result, fixes } : result;
        }),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function resultOf(finding: ReportedFinding, ruleIndex: number): Result {
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactOf(finding.file),
          region: {
            startLine: finding.line,
            startColumn: finding.column,
            endLine: finding.endLine,
            endColumn: finding.endColumn,
            charOffset: finding.start,
            charLength: finding.end - finding.start,
            snippet: { text: finding.sourceLine },
          },
        },
      },
    ],
    ...(finding.related.length > 0 ? { relatedLocations: finding.related.map(relatedLocation) } : {}),
    // The line's text without blanks: stays the same when code above it moves.
    partialFingerprints: { 'keyscopeLine/v1': sha256(`${finding.rule}\n${finding.file}\n${finding.sourceLine.trim()}`).slice(0, 32) },
  };
}

function relatedLocation(place: ReportedPlace & { message: string }, id: number): Location {
  return {
    id,
    message: { text: place.message },
    physicalLocation: { artifactLocation: artifactOf(place.file), region: { startLine: place.line, startColumn: place.column } },
  };
}

function fixOf(fix: Fix, root: string): SarifFix[] {
  if (fix.edits.some((edit) => edit.create)) return [];
  const artifactChanges = [...editsByFile(fix.edits)].map(
    ([file, edits]): ArtifactChange => ({
      artifactLocation: artifactOf(relativeTo(root, file)),
      replacements: edits.map((edit) => ({
        deletedRegion: { charOffset: edit.start, charLength: edit.end - edit.start },
        insertedContent: { text: edit.text },
      })),
    }),
  );
  return artifactChanges.length > 0 ? [{ description: { text: fix.title }, artifactChanges }] : [];
}

function artifactOf(file: string): { uri: string; uriBaseId: string } {
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
