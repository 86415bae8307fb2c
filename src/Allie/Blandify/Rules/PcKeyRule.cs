using Allie.Config;
using Allie.Files;

namespace Allie.Blandify.Rules;

/// <summary>The PC's own key and secret for our server: in an image every PC could be that one.</summary>
public sealed class PcKeyRule : IRule
{
    public string Op => "pc-key";

    public IEnumerable<TreeChange> Look(ITreeView tree) =>
        new[] { PcSettings.DefaultKey, PcSettings.DefaultKey + ".pub", PcSettings.DefaultSecret }.Select(ImagePath.Of)
            .Where(p => tree.Find(p) is { IsDirectory: false })
            .Select(p => new TreeChange(Op, p, TreeAction.Delete, "secret of one PC"));
}
