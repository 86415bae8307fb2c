namespace Allie.Boot;

/// <summary>
/// Where the boot loader's files are, as our entries pass it on the kernel line: allie.home=METHOD:PARTUUID:PATH. GRUB's own $prefix says
/// (hd0,gpt2), which does not tell Linux which disk is meant.
/// </summary>
/// <param name="PartUuid">Lower case.</param>
/// <param name="Path">In that partition's file system, with a leading slash.</param>
public sealed record BootHomeName(BootMethod Method, string PartUuid, string Path)
{
    private const string Key = "allie.home=";

    public string Argument => $"{Key}{Method.Name()}:{PartUuid}:{Path}";

    public override string ToString() => $"{Path} on PARTUUID {PartUuid}";

    /// <summary>Null when the kernel line has none, or none that can be read.</summary>
    public static BootHomeName? Of(string kernelLine) =>
        KernelLine.Value(kernelLine, Key)?.Split(':', 3) is [var name, { Length: > 0 } part, { Length: > 0 } path] && BootMethods.Parse(name) is { } method
            ? new(method, part.ToLowerInvariant(), path)
            : null;
}
