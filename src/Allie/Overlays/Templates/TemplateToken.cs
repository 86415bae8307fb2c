namespace Allie.Overlays.Templates;

/// <summary>A piece of a template: text as it stands, or what is between {{ and }}.</summary>
/// <param name="IsTag">Between {{ and }}.</param>
/// <param name="Text">One byte per char.</param>
/// <param name="At">Where it begins in the file, in bytes.</param>
internal readonly record struct TemplateToken(bool IsTag, string Text, int At);
