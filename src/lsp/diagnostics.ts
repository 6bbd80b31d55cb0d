/** Findings → diagnostics. */
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type Location } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Place, Severity } from '../analyzer/finding.ts';
import { docsUrl, ruleMetas } from '../analyzer/rule-infos.ts';
import { unusedSuppression } from '../analyzer/suppressions.ts';
import type { ClientFeatures } from './client-features.ts';

export const source = 'keyscope';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What a client sends back with a code action request: enough to find the finding again. */
export interface DiagnosticData {
  rule: string;
  start: number;
}

export interface DiagnosticContext {
  features: ClientFeatures;
  /** The text of a file with line positions, as the editor sees it. */
  document(file: string): TextDocument;
}

export function toDiagnostic(finding: Finding, { features, document }: DiagnosticContext): Diagnostic {
  const locationOf = (place: Place): Location => {
    const at = document(place.file);
    return { uri: at.uri, range: { start: at.positionAt(place.start), end: at.positionAt(place.end) } };
  };
  const data: DiagnosticData = { rule: finding.rule, start: finding.start };
  return {
    range: locationOf(finding).range,
    severity: severities[finding.severity],
    source,
    code: finding.rule,
    ...(features.codeDescription ? { codeDescription: { href: docsUrl(finding.rule) } } : {}),
    message: finding.message,
    ...tagsOf(finding),
    ...(features.relatedInformation && finding.related.length > 0
      ? { relatedInformation: finding.related.map((related) => ({ location: locationOf(related), message: related.message })) }
      : {}),
    data,
  };
}

/** Faded, as editors show unused code; or struck through, where it is merely deprecated: what is gone is an error. */
function tagsOf({ rule, severity }: Finding): { tags?: DiagnosticTag[] } {
  if (rule === unusedSuppression) return { tags: [DiagnosticTag.Unnecessary] };
  const isDeprecated = severity !== 'error' && ruleMetas().some((meta) => meta.id === rule && meta.tag === 'deprecated');
  return isDeprecated ? { tags: [DiagnosticTag.Deprecated] } : {};
}
