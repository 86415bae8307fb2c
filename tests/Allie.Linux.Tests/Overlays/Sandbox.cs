using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Overlays;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Tests.Shared;
using Allie.Overlays;
using Allie.Overlays.Templates;

namespace Allie.Linux.Tests.Overlays;

/// <summary>An image at image/ and layers beside it, in a directory that goes with the test. Runs the engine as `apply --root --layer` does.</summary>
public sealed class Sandbox : IDisposable
{
    private readonly TempDirectory _temp = new();

    public Sandbox(string script)
    {
        Shell.Run("mkdir -p image/etc image/usr/lib64 image/var/lib low high; " + script, Path);
    }

    public string Path => _temp.Path;

    public string Run(string script) => Shell.Run(script, Path);

    /// <summary>What templates may name, as --host-facts has it.</summary>
    public string Facts { get; set; } = "";

    /// <summary>Recovers, plans and applies layers, lowest first.</summary>
    public (OverlayPlan Plan, ApplyResult Result) Apply(string[] layers, Action<string>? checkpoint = null)
    {
        using var root = ImageRoot.Open(_temp.At("image"));
        var sources = layers.Select(l => new LayerSource(l, ImageRoot.Open(_temp.At(l)))).ToList();
        try
        {
            var engine = new OverlayEngine(root, ImagePath.Of("var/lib/allie"), ImagePath.Of("root/util/allie"), checkpoint, () => TemplateValues.Parse(Facts, "facts.toml"));
            engine.Recover();
            var plan = engine.Plan(sources);
            return (plan, engine.Apply(plan, sources));
        }
        finally
        {
            sources.ForEach(s => s.Root.Dispose());
        }
    }

    /// <summary>
    /// All of the image but our state, by other programs than ours: type, mode, owner, size, time of what is no directory, link targets,
    /// content, extended attributes.
    /// </summary>
    public string Snapshot(string of = "image") => Run(
        $$"""
        cd {{of}}
        find . -path ./var/lib/allie -prune -o \( -type d -printf '%P %y %m %U %G\n' \) -o -printf '%P %y %m %U %G %s %T@ %l\n' | LC_ALL=C sort
        find . -path ./var/lib/allie -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum
        find . -path ./var/lib/allie -prune -o -print0 | LC_ALL=C sort -z | xargs -0r getfattr -hd -m- --absolute-names
        """);

    public void Dispose() => _temp.Dispose();
}
