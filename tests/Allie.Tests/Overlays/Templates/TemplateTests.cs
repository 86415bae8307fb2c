using System.Text;
using Allie.Errors;
using Allie.Overlays.Templates;
using CsCheck;
using Xunit;

namespace Allie.Tests.Overlays.Templates;

public class TemplateTests
{
    private static readonly TemplateValues Pc = TemplateValues.Parse(
        """
        host = "pc1"
        groups = ["gpu", "teaching"]
        image = "f18"
        generation = 3
        addresses = ["10.0.0.7"]
        [tag]
        room = "Wöhr 210"
        [distro]
        id = "debian"
        version = "12"
        """, "facts.toml");

    private static string Render(string template) => Encoding.UTF8.GetString(Template.Render("etc/motd.allie", Encoding.UTF8.GetBytes(template), Pc));

    [Theory]
    [InlineData("plain text stays, with its end\n", "plain text stays, with its end\n")]
    [InlineData("no end of line", "no end of line")]
    [InlineData("{{ host }}:{{tag.room}}", "pc1:Wöhr 210")]
    [InlineData("{{ tag.none | default \"none\" }} {{tag.room|default \"x\"}}", "none Wöhr 210")]
    [InlineData("{{ root_label | default \"\" }}.", ".")]
    [InlineData("{{ image }}/{{ generation }} {{ distro.id }} {{ distro.version }}", "f18/3 debian 12")]
    [InlineData("{{ if group.gpu }}gpu{{ else }}none{{ end }}", "gpu")]
    [InlineData("{{ if group.other }}gpu{{ else }}none{{ end }}", "none")]
    [InlineData("{{ if tag.none }}x{{ end }}{{ if macs }}y{{ end }}{{ if addresses }}z{{ end }}", "z")]
    [InlineData("{{ if tag.none }}{{ tag.none }}{{ end }}", "")]
    [InlineData("{{ for x in groups }}{{ for y in addresses }}{{ x }}@{{ y }} {{ end }}{{ end }}", "gpu@10.0.0.7 teaching@10.0.0.7 ")]
    [InlineData("{{ \"{{\" }} x {{ \"}}\" }} {{ \"say \\\"so\\\"\" }}", "{{ x }} say \"so\"")]
    [InlineData("a\n  {{ if group.gpu }}  \nb\n{{ else }}\nc\n{{ end }}\nd\n", "a\nb\nd\n")]
    [InlineData("{{ for x in groups }}\n- {{ x }}\n{{ end }}\n", "- gpu\n- teaching\n")]
    [InlineData("x {{ if group.gpu }}\ny{{ end }}\n", "x \ny\n")]
    [InlineData("}} { } %{not}", "}} { } %{not}")]
    public void A_template_becomes_what_it_says(string template, string text) => Assert.Equal(text, Render(template));

    [Theory]
    [InlineData("a\nröom {{ tag.rom }}", "etc/motd.allie(2,9): unknown name 'tag.rom'")]
    [InlineData("{{ hots }}", "(1,4): unknown name 'hots'; did you mean host?")]
    [InlineData("{{ if group.none }}{{ secret }}{{ end }}", "(1,23): unknown name 'secret'")]
    [InlineData("{{ fqdn }}", "(1,4): fqdn has no value on this PC")]
    [InlineData("{{ groups }}", "(1,4): groups is a list")]
    [InlineData("{{ group.gpu }}", "(1,4): group.gpu is yes or no")]
    [InlineData("x\n{{ if group.gpu }}", "(2,4): this if has no {{ end }}")]
    [InlineData("{{ end }}", "(1,4): 'end' without an if or for")]
    [InlineData("{{ if group.a }}{{ else }}{{ else }}{{ end }}", "(1,30): a second 'else'")]
    [InlineData("{{ for x in groups }}{{ else }}{{ end }}", "(1,25): a second 'else'")]
    [InlineData("{{ for host in groups }}{{ end }}", "(1,8): 'host' cannot be a loop's name")]
    [InlineData("{{ for x in host }}{{ end }}", "(1,13): 'host' is no list")]
    [InlineData("{{ for x in groups }}{{ end }}{{ x }}", "(1,34): unknown name 'x'")]
    [InlineData("{{ host | upper }}", "(1,9): after '|' only")]
    [InlineData("{{ host image }}", "(1,9): 'image' is not understood here")]
    [InlineData("{{ }}", "(1,3): nothing between")]
    [InlineData("a {{ host \n}}", "(1,3): '{{' without '}}'")]
    [InlineData("{{ \"x }}", "(1,1): '{{' without '}}'")]
    [InlineData("a\0b", "(1,2): a NUL byte")]
    public void A_mistake_is_told_with_its_line_and_column(string template, string message) =>
        Assert.Contains(message, Assert.Throws<UserError>(() => Render(template)).Message);

    [Fact]
    public void Bytes_that_are_no_text_pass_through_and_a_mebibyte_is_the_limit()
    {
        byte[] latin = [0xFF, 0xFE, (byte)'\n', 0x80];

        Assert.Equal(latin, Template.Render("x", latin, Pc));
        Assert.Equal(Template.LargestSource, Template.Render("x", new string('x', Template.LargestSource).Select(c => (byte)c).ToArray(), Pc).Length);
        Assert.Contains("at most", Assert.Throws<UserError>(() => Template.Render("x", new byte[Template.LargestSource + 1], Pc)).Message);
    }

    [Fact]
    public void A_loop_in_a_loop_cannot_fill_the_memory()
    {
        var many = Pc with { Lists = new Dictionary<string, IReadOnlyList<string>> { ["groups"] = [.. Enumerable.Repeat(new string('x', 100), 1000)] } };
        var template = string.Concat(Enumerable.Range(0, 4).Select(i => "{{ for a" + i + " in groups }}")) + "{{ a0 }}" + string.Concat(Enumerable.Repeat("{{ end }}", 4));

        Assert.Contains("becomes larger", Assert.Throws<UserError>(() => Template.Render("x", Encoding.UTF8.GetBytes(template), many)).Message);
    }

    [Fact]
    public void Whatever_is_in_a_template_it_renders_or_says_where_it_is_wrong()
    {
        var piece = Gen.OneOf("{{", "}}", " ", "\n", "\"", "\\", "|", "if", "else", "end", "for", "in", "x", "groups", "group.gpu", "host", "default", "é", "tag.room");
        Gen.Select(piece.Array[0, 14], p => string.Join(' ', p)).Sample(template =>
        {
            try
            {
                Render(template);
                return true;
            }
            catch (UserError e)
            {
                return e.Message.StartsWith("etc/motd.allie(", StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void A_misspelt_fact_is_refused_and_other_values_have_another_canonical_form()
    {
        Assert.Contains("did you mean 'host'", Assert.Throws<UserError>(() => TemplateValues.Parse("hots = \"x\"", "f")).Hint);
        Assert.NotEqual(Pc.Canonical(), (Pc with { Lists = TemplateValues.None.Lists }).Canonical());
    }
}
