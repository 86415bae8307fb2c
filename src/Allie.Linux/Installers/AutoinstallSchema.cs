using System.Globalization;
using Allie.Errors;
using Allie.Installers.Lint;
using Allie.Linux.Processes;

namespace Allie.Linux.Installers;

/// <summary>Checks an autoinstall file by the JSON schema that Ubuntu publishes, with Python's jsonschema: what Ubuntu's installer itself calls.</summary>
public sealed class AutoinstallSchema(IRunner runner)
{
    private const int NoLibrary = 3, NoReading = 4;

    /// <summary>
    /// One line a fault: line number, tab, where, message. The schema is of what stands under autoinstall:. The node that yaml keeps
    /// for each part knows its line; the deepest one on the fault's path is taken.
    /// </summary>
    private const string Program = """
        import sys
        try:
            import json, yaml, jsonschema
        except ImportError as missing:
            print(missing.name, file=sys.stderr)
            sys.exit(3)
        try:
            schema = json.load(open(sys.argv[1], encoding="utf-8"))
            text = open(sys.argv[2], encoding="utf-8").read()
            data, node = yaml.safe_load(text), yaml.compose(text, yaml.SafeLoader)
            check = jsonschema.validators.validator_for(schema)
            check.check_schema(schema)
        except (ValueError, OSError, yaml.YAMLError, jsonschema.SchemaError) as fault:
            print(" ".join(str(fault).split())[:300], file=sys.stderr)
            sys.exit(4)
        def child(node, step):
            if isinstance(node, yaml.SequenceNode):
                return node.value[step]
            return next((v for k, v in node.value if k.value == step), None) if isinstance(node, yaml.MappingNode) else None
        if isinstance(data, dict) and "autoinstall" in data:
            data, node = data["autoinstall"], child(node, "autoinstall")
        for fault in check(schema).iter_errors(data):
            at, line = node, node.start_mark.line
            for step in fault.absolute_path:
                at = child(at, step) or at
                line = at.start_mark.line
            where = "/".join(str(s) for s in fault.absolute_path)
            print(line + 1, (where + ": " if where else "") + " ".join(fault.message.split())[:300], sep="\t")
        """;

    /// <exception cref="UserError">The schema or the file cannot be read as what it is.</exception>
    public (IReadOnlyList<InstallerFinding> Found, string? Missing) Check(string file, string schema)
    {
        if (!File.Exists(schema))
        {
            throw UserError.Refused($"cannot read the schema {schema}: it does not exist", "autoinstall-schema.json of Subiquity's source, or from Ubuntu's page 'Autoinstall schema'");
        }

        if (!File.Exists("/usr/bin/python3"))
        {
            return ([], "python3");
        }

        var outcome = runner.Run(new Command("/usr/bin/python3", "-c", Program.Replace("\r", ""), Path.GetFullPath(schema), file) { Limit = TimeSpan.FromMinutes(1) });
        return outcome.ExitCode switch
        {
            0 => ([.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Finding)], null),
            NoLibrary => ([], $"python3-{outcome.LastWord}"),
            NoReading => throw new UserError($"cannot check {file} by {schema}: {outcome.LastWord}", "a JSON schema, and a YAML file"),
            _ => throw new UserError($"cannot check {file} by {schema}: python3 ended with {outcome.ExitCode}: {outcome.LastWord}"),
        };

        InstallerFinding Finding(string line) =>
            line.Split('\t', 2) is [var number, var message]
                ? new(int.Parse(number, CultureInfo.InvariantCulture), "schema", message, $"by {schema}")
                : new(0, "schema", line, $"by {schema}");
    }
}
