namespace Allie.Installers.Lint;

/// <summary>One thing that lint has to say.</summary>
/// <param name="Line">From 1; 0: the file as a whole.</param>
/// <param name="Rule">Its short name, stable.</param>
/// <param name="IsError">False: worth a look.</param>
public sealed record InstallerFinding(int Line, string Rule, string Message, string Hint, bool IsError = true);
