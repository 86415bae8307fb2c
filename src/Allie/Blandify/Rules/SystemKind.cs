using Allie.Files;

namespace Allie.Blandify.Rules;

/// <summary>What kind of system a tree is, as far as rules differ by it.</summary>
internal static class SystemKind
{
    internal static bool HasSystemd(ITreeView tree) =>
        tree.Find(ImagePath.Of("usr/lib/systemd/systemd")) is not null || tree.Find(ImagePath.Of("lib/systemd/systemd")) is not null;
}
