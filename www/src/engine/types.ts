/** The engine's own types. Importing types only, so that the engine itself stays in the worker. */
export type {
  Alert,
  AlertTrace,
  CodeInfo,
  Diagnostic,
  Field,
  Generated,
  Imported,
  Processed,
  Range,
  Rejection,
  Severity,
  Status,
  Step,
  Suggested,
  Target,
} from "../../../src/js/types.d.ts";
