namespace Allie.Linux.Processes;

/// <summary>This program, to be started once more.</summary>
public static class OwnProgram
{
    /// <summary>
    /// The kernel's link to the running file (proc(5)). Not Environment.ProcessPath: that is null when the file's mount is of another namespace
    /// (after MountNamespace.Enter) or the file was replaced meanwhile (an overlay brought a new one); starting through the link still works.
    /// </summary>
    public const string Path = "/proc/self/exe";
}
