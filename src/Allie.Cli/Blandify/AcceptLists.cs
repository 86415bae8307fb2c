using Allie.Blandify.Leaks;
using Allie.Cli.Shared;
using Allie.Config;
using Allie.Linux.Files;

namespace Allie.Cli.Blandify;

/// <summary>accept.d/NAME.toml beside the server's settings file.</summary>
internal static class AcceptLists
{
    internal static string FileOf(Invocation call, string image) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(call.NamedConfig ?? ServerSettings.DefaultFile))!, "accept.d", image + ".toml");

    internal static AcceptList Read(Invocation call, string image)
    {
        var file = FileOf(call, image);
        return File.Exists(file) ? AcceptList.Parse(File.ReadAllText(file), file) : AcceptList.None;
    }

    internal static void Write(Invocation call, string image, AcceptList list)
    {
        var file = FileOf(call, image);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        AtomicFile.Write(file, list.Format(image));
    }
}
