namespace Allie.Boot;

/// <summary>The head of an x86 kernel file (Documentation/arch/x86/boot.rst in the kernel's sources).</summary>
public static class BzImage
{
    /// <summary>As many bytes as <see cref="IsKernel"/> looks at.</summary>
    public const int HeadBytes = 0x206;

    /// <summary>True with the setup header's magic "HdrS" at 0x202.</summary>
    public static bool IsKernel(ReadOnlySpan<byte> head) => head.Length >= HeadBytes && head[0x202..0x206].SequenceEqual("HdrS"u8);
}
