using Allie.Errors;
using Allie.Installers;
using Allie.Installers.Lint;
using Allie.Linux.Installers;
using Allie.Linux.Processes;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Installers;

/// <summary>The real checkers: debconf's, and Python's jsonschema with a schema of the shape that Ubuntu publishes.</summary>
public sealed class LintToolsTests : IDisposable
{
    private const string Schema = """
        {"type": "object", "required": ["version"], "additionalProperties": false, "properties": {
          "version": {"type": "integer", "maximum": 1}, "shutdown": {"enum": ["reboot", "poweroff"]},
          "storage": {"type": "object", "properties": {"config": {"type": "array", "items": {"type": "object", "required": ["id"]}}}}}}
        """;

    private readonly TempDirectory _directory = new();
    private readonly LintTools _tools = new(new Runner(default));

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("d-i some/question string value\n", 0)]
    [InlineData("d-i some/question strang value\n", 1)]
    [InlineData("nonsense\n", 1)]
    public void Debconf_says_on_stderr_what_it_does_not_say_by_its_exit_code(string text, int faults)
    {
        var (found, missing) = _tools.Check(InstallerFileKind.Preseed, _directory.Write("x.cfg", text), null, null);

        Assert.Null(missing);
        Assert.Equal(faults, found.Count);
    }

    [Theory]
    [InlineData("#cloud-config\nautoinstall:\n  version: 1\n  shutdown: poweroff\n", null, 0)]
    [InlineData("#cloud-config\nautoinstall:\n  version: 1\n  shutdown: halt\n", "shutdown: 'halt' is not one of", 4)]
    [InlineData("version: 1\nstorage:\n  config:\n  - {id: a}\n  - {type: disk}\n", "storage/config/1: 'id' is a required property", 5)]
    [InlineData("version: 1\nnonsense: true\n", "nonsense", 1)]
    public void The_schema_of_autoinstall_names_the_line(string text, string? message, int line)
    {
        RequireLibrary();
        var (found, missing) = _tools.Check(InstallerFileKind.Autoinstall, _directory.Write("x.yaml", text), null, _directory.Write("schema.json", Schema));

        Assert.Null(missing);
        Assert.Equal(message is null ? 0 : 1, found.Count);
        Assert.All(found, f => Assert.Equal(("schema", line, true), (f.Rule, f.Line, f.IsError)));
        Assert.All(found, f => Assert.Contains(message!, f.Message));
    }

    [Theory]
    [InlineData("{", "a: b")]
    [InlineData("""{"type": 7}""", "a: b")]
    [InlineData("{}", "a: [")]
    public void A_schema_or_a_file_that_is_none_is_an_error_and_no_pass(string schema, string text)
    {
        RequireLibrary();
        Assert.Throws<UserError>(() => _tools.Check(InstallerFileKind.Autoinstall, _directory.Write("x.yaml", text), null, _directory.Write("schema.json", schema)));
    }

    [Fact]
    public void No_schema_is_said()
    {
        Assert.SkipWhen(File.Exists(LintTools.UsualSchema), "this machine has a schema");
        Assert.Contains("--schema", _tools.Check(InstallerFileKind.Autoinstall, _directory.Write("x.yaml", "version: 1\n"), null, null).Missing);
        Assert.Equal(2, Assert.Throws<UserError>(() => _tools.Check(InstallerFileKind.Autoinstall, "x", null, _directory.At("none"))).ExitCode);
    }

    private static void RequireLibrary() =>
        Assert.SkipUnless(File.Exists("/usr/bin/python3") && Shell.Run("/usr/bin/python3 -c 'import yaml, jsonschema' 2>&1 || echo no") == "", "needs python3-yaml and python3-jsonschema");
}
