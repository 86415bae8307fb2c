using System.Text;
using System.Text.RegularExpressions;
using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Plans;

namespace Allie.Linux.Images;

/// <summary>Gives an image another name everywhere on the server. A run that was killed is ended by running it again: each step is done or not.</summary>
public sealed class ImageRename(ImageStore store, string overlays, string acceptDirectory, string old, string name)
{
    /// <summary>What moves, and what mentions the name and stays for a person to change.</summary>
    /// <exception cref="UserError">Exit 2: something bears the new name already.</exception>
    public Plan<PlainStep> Plan(bool goesOn)
    {
        using var images = ImageRoot.Open(store.Directory);
        using var layers = ImageRoot.Open(overlays);
        var steps = new List<PlainStep>();
        void Step(ImageRoot root, ImagePath from, ImagePath to, string why)
        {
            if (!goesOn && root.Exists(to))
            {
                throw UserError.Refused($"cannot rename {old}: {root.Show(to)} exists", "choose another name, or see what that is; nothing was changed");
            }

            if (root.Exists(from))
            {
                steps.Add(new("move", root.Show(from), $"{why}, to {to}"));
            }
        }

        Step(images, Home(old), Home(name), $"{Counted.Of(store.GenerationsOf(old).Count, "generation")} with tags and catalogues");
        Step(images, ImagePath.FromRaw(old), ImagePath.FromRaw(name), "what PCs get");
        foreach (var (from, to) in Work(images))
        {
            Step(images, from, to, "work tree");
        }

        foreach (var (from, to) in Layers(layers))
        {
            Step(layers, from, to, "overlay");
        }

        using var accept = Directory.Exists(acceptDirectory) ? ImageRoot.Open(acceptDirectory) : null;
        if (accept is not null)
        {
            Step(accept, AcceptFile(old), AcceptFile(name), "accepted leaks");
        }

        return new(steps, [.. Mentions(layers).Select(m => $"{m} names {old}: change it by hand"), $"the modules of the server still name {old}: allie server conf"]);
    }

    /// <summary>Also while a rename of it that was cut short waits to be ended.</summary>
    public static FileLock Lock(ImageStore store, string image) => store.LockForRename(image);

    public void Carry(RenameNote note)
    {
        store.WriteRename(note);
        using var images = ImageRoot.Open(store.Directory);
        Move(images, Home(old), Home(name)); // from here on nobody is given the image, until it has its new name
        images.SyncFileSystem();
        foreach (var generation in store.GenerationsOf(name))
        {
            Restamp.Run(store, name, generation, store.RenameUnderWay!);
        }

        if (store.Current(old) is { } current)
        {
            store.MakeCurrent(name, current);
            images.RemoveFile(ImagePath.FromRaw(old));
        }

        foreach (var (from, to) in Work(images))
        {
            Move(images, from, to);
        }

        using var layers = ImageRoot.Open(overlays);
        foreach (var (from, to) in Layers(layers))
        {
            Move(layers, from, to);
        }

        layers.SyncFileSystem();
        if (Directory.Exists(acceptDirectory))
        {
            using var accept = ImageRoot.Open(acceptDirectory);
            Move(accept, AcceptFile(old), AcceptFile(name));
            accept.SyncDirectory();
        }

        images.SyncFileSystem();
        store.EndRename();
    }

    private static ImagePath Home(string image) => ImagePath.Of(Generations.Directory).Join(image);

    private static ImagePath AcceptFile(string image) => ImagePath.Of(image + ".toml");

    private static void Move(ImageRoot root, ImagePath from, ImagePath to)
    {
        if (root.Exists(from) && !root.Exists(to))
        {
            root.Rename(from, to);
        }
    }

    private IEnumerable<(ImagePath From, ImagePath To)> Work(ImageRoot images)
    {
        var work = ImagePath.Of(".work");
        return [(work.Join(old), work.Join(name)), .. ImageStore.BesideWork(images, old).Select(rest => (work.Join($".{old}.{rest}"), work.Join($".{name}.{rest}")))];
    }

    /// <summary>overlays/NAME, and NAME of each group and host.</summary>
    private IEnumerable<(ImagePath From, ImagePath To)> Layers(ImageRoot layers) =>
        [.. Tops(layers).Select(top => (top.Join(old), top.Join(name)))];

    private static IEnumerable<ImagePath> Tops(ImageRoot layers) =>
        [ImagePath.Root, .. new[] { "group", "host" }.Select(ImagePath.Of).Where(k => IsDirectory(layers, k)).SelectMany(k => layers.List(k).Select(k.Join)).Where(p => IsDirectory(layers, p))];

    /// <summary>Scripts of root/conf in any layer: what preps the image says its name there.</summary>
    private IEnumerable<string> Mentions(ImageRoot layers)
    {
        var word = new Regex($"(?<![a-z0-9._-]){Regex.Escape(old)}(?![a-z0-9._-])");
        foreach (var conf in Tops(layers).SelectMany(t => layers.List(t).Where(n => t.IsRoot ? n is not ("group" or "host") : true).Select(n => t.Join(n).Join("root").Join("conf"))).Where(p => IsDirectory(layers, p)))
        {
            foreach (var script in layers.List(conf).Select(conf.Join).Where(p => layers.Stat(p) is { IsRegular: true, Size: < 1 << 20 }))
            {
                if (word.IsMatch(script.Name) || word.IsMatch(Encoding.Latin1.GetString(layers.ReadFile(script))))
                {
                    yield return layers.Show(script);
                }
            }
        }
    }

    private static bool IsDirectory(ImageRoot root, ImagePath path) => root.TryStat(path) is { IsDirectory: true };
}
