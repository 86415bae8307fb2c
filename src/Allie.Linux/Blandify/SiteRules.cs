using Allie.Blandify;
using Allie.Blandify.Table;
using Allie.Errors;

namespace Allie.Linux.Blandify;

/// <summary>The site's own rules, switches and settings: /etc/allie/blandify.d/*.toml, beside server.toml, in the order of their names; a later file is stronger.</summary>
public static class SiteRules
{
    /// <summary>Beside server.toml.</summary>
    public const string DirectoryName = "blandify.d";

    /// <param name="label">File-system label of the image's slots.</param>
    /// <param name="directory">May be absent.</param>
    /// <exception cref="UserError">A file is no such TOML: file, line and column.</exception>
    public static RuleOptions Options(string label, string directory)
    {
        var options = new RuleOptions(label);
        if (!System.IO.Directory.Exists(directory))
        {
            return options;
        }

        foreach (var file in System.IO.Directory.GetFiles(directory, "*.toml").Order(StringComparer.Ordinal))
        {
            var read = RuleFile.Parse(File.ReadAllText(file), file);
            options = read.Settings(options with { Added = [.. options.Added, .. read.Rules] }).Switched(read.On, read.Off);
        }

        return options;
    }
}
