namespace Allie.Blandify.Rules.Boot;

/// <summary>How the files of a boot are found on any PC.</summary>
/// <param name="Label">Of the file system with /.</param>
/// <param name="BootLabel">Of a /boot of its own; null when it is part of /.</param>
public sealed record BootTarget(string Label, string? BootLabel)
{
    /// <summary>Of the file system that holds kernels.</summary>
    public string KernelLabel => BootLabel ?? Label;
}
