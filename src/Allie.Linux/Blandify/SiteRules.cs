using Allie.Blandify;
using Allie.Blandify.Table;
using Allie.Errors;

namespace Allie.Linux.Blandify;

/// <summary>The site's own rules and switches: /etc/allie/blandify.d/*.toml, in the order of their names.</summary>
public static class SiteRules
{
    public const string Directory = "/etc/allie/blandify.d";

    /// <summary>The options with what the files add. A switch of a later file is stronger, one of the command line the strongest.</summary>
    /// <exception cref="UserError">A file cannot be read, or is no such TOML: file, line and column.</exception>
    public static RuleOptions Add(RuleOptions options, string directory = Directory)
    {
        if (!System.IO.Directory.Exists(directory))
        {
            return options;
        }

        var (added, on, off) = (new List<IRule>(options.Added), new HashSet<string>(), new HashSet<string>());
        foreach (var file in System.IO.Directory.GetFiles(directory, "*.toml").Order(StringComparer.Ordinal))
        {
            var read = RuleFile.Parse(File.ReadAllText(file), file);
            added.AddRange(read.Rules);
            on.ExceptWith(read.Off);
            on.UnionWith(read.On);
            off.ExceptWith(read.On);
            off.UnionWith(read.Off);
        }

        return options with
        {
            Added = added,
            With = on.Except(options.Without).Concat(options.With).ToHashSet(),
            Without = off.Except(options.With).Concat(options.Without).ToHashSet(),
        };
    }
}
