using Allie.Errors;
using Allie.Fleet;
using CsCheck;
using Xunit;

namespace Allie.Tests.Fleet;

public class HostsEditTests
{
    private const string Text = "# lab\n\npc[01-10]  groups=teaching images=f18,sl6   tag.room=W210 # first floor\npc03\ttag.room=W3\nsrv images=f18\n";

    [Theory]
    [InlineData("pc[01-10]", "groups=staff", "# lab\n\npc[01-10]  groups=staff images=f18,sl6   tag.room=W210 # first floor\npc03\ttag.room=W3\nsrv images=f18\n")]
    [InlineData("srv", "images=sl6", "# lab\n\npc[01-10]  groups=teaching images=f18,sl6   tag.room=W210 # first floor\npc03\ttag.room=W3\nsrv images=sl6\n")]
    [InlineData("srv", "groups+=a", "# lab\n\npc[01-10]  groups=teaching images=f18,sl6   tag.room=W210 # first floor\npc03\ttag.room=W3\nsrv images=f18 groups=a\n")]
    [InlineData("pc03", "addr=10.0.0.3", "# lab\n\npc[01-10]  groups=teaching images=f18,sl6   tag.room=W210 # first floor\npc03\ttag.room=W3 addr=10.0.0.3\nsrv images=f18\n")]
    [InlineData("pc02", "groups+=gpu", "# lab\n\npc[01-10]  groups=teaching images=f18,sl6   tag.room=W210 # first floor\npc02 groups=gpu\npc03\ttag.room=W3\nsrv images=f18\n")]
    [InlineData("pc02", "groups-=teaching", "# lab\n\npc01  groups=teaching images=f18,sl6   tag.room=W210 # first floor\npc02 images=f18,sl6   tag.room=W210\npc[03-10]  groups=teaching images=f18,sl6   tag.room=W210\npc03\ttag.room=W3\nsrv images=f18\n")]
    [InlineData("pc[09-10]", "images=sl6", "# lab\n\npc[01-08]  groups=teaching images=f18,sl6   tag.room=W210 # first floor\npc[09-10]  groups=teaching images=sl6   tag.room=W210\npc03\ttag.room=W3\nsrv images=f18\n")]
    [InlineData("srv", "images=f18", Text)]
    public void The_smaller_edit_is_made_and_all_else_stays(string word, string change, string expected) =>
        Assert.Equal(expected, HostsEdit.Set(Text, word, [HostChange.Parse(change)]));

    [Fact]
    public void A_PC_that_goes_leaves_the_others_of_its_range() =>
        Assert.Equal("# lab\n\npc[01-02]  groups=teaching images=f18,sl6   tag.room=W210 # first floor\npc[04-10]  groups=teaching images=f18,sl6   tag.room=W210\nsrv images=f18\n", HostsEdit.Remove(Text, "pc03"));

    [Fact]
    public void A_word_that_is_forgotten_goes_with_its_blanks() =>
        Assert.Equal(Text.Replace(" images=f18\n", "\n"), HostsEdit.Set(Text, "srv", [HostChange.Forget("images")]));

    [Theory]
    [InlineData("pc11", "addr=10.0.0.1")]
    public void A_PC_without_a_line_is_refused(string word, string change) =>
        Assert.Equal(ExitCode.Refused, Assert.Throws<UserError>(() => HostsEdit.Set(Text, word, [HostChange.Parse(change)])).ExitCode);

    [Theory]
    [InlineData("pc03")]
    [InlineData("pc[10-12]")]
    public void A_PC_that_has_a_line_is_not_added_again(string word) => Assert.Throws<UserError>(() => HostsEdit.Add(Text, word, []));

    [Theory]
    [InlineData("group=a")]
    [InlineData("addr+=10.0.0.1")]
    [InlineData("tag.x=a b")]
    [InlineData("tag.x=a#b")]
    [InlineData("groups")]
    public void What_the_hosts_file_cannot_say_is_refused(string word) => Assert.Throws<UserError>(() => HostChange.Parse(word));

    [Fact]
    public void An_edit_changes_the_PCs_it_names_and_no_others_and_keeps_every_comment() =>
        Gen.Select(Lines, Names, Changes).Sample((lines, word, change) =>
        {
            var text = string.Concat(lines.Select(l => l + "\n"));
            var before = HostsFile.Parse(text, "hosts");
            var names = HostsFile.Expand(word).ToHashSet();
            if (names.Any(n => before.Find(n) is null))
            {
                return;
            }

            string edited;
            try
            {
                edited = HostsEdit.Set(text, word, [change]);
            }
            catch (UserError)
            {
                return; // told to edit by hand: nothing was changed
            }

            var after = HostsFile.Parse(edited, "hosts");
            Assert.Equal(before.Entries.Select(e => e.Name).Order(), after.Entries.Select(e => e.Name).Order());
            foreach (var entry in before.Entries)
            {
                var wanted = names.Contains(entry.Name) ? change.Of(entry) : entry;
                var now = after.Find(entry.Name)!;
                Assert.Equal(wanted.Groups, now.Groups);
                Assert.Equal(wanted.Images, now.Images);
                Assert.Equal(wanted.Address, now.Address);
                Assert.Equal(wanted.Tags.OrderBy(t => t.Key), now.Tags.OrderBy(t => t.Key));
            }

            Assert.Equal(text.Count(c => c == '#'), edited.Count(c => c == '#'));
            Assert.Equal(text.Split('\n').Where(l => l.StartsWith('#')), edited.Split('\n').Where(l => l.StartsWith('#')));
        });

    private static readonly Gen<string> Names = Gen.OneOf("pc1", "pc3", "pc[1-2]", "pc[2-5]", "pc[1-6]", "srv");

    private static readonly Gen<string> Words = Gen.OneOf("groups=a", "groups=b,a", "images=f18", "images=f18,sl6", "addr=10.0.0.1", "tag.x=1", "tag.y=2");

    private static readonly Gen<string> Lines1 = Gen.Select(Names, Words.Array[0, 4], Gen.OneOf("", " # note", "\t")).Select((n, w, end) => string.Join("  ", w.Prepend(n)) + end);

    private static readonly Gen<string[]> Lines = Gen.OneOf(Lines1, Gen.OneOf("# comment", "", "   ")).Array[1, 6];

    private static readonly Gen<HostChange> Changes = Gen.OneOf(
        Gen.OneOf("groups=c", "groups+=c", "groups-=a", "images=", "images+=sl6", "addr=10.0.0.9", "tag.x=3", "tag.z=4").Select(HostChange.Parse),
        Gen.OneOf("groups", "images", "addr", "tag.x").Select(HostChange.Forget));
}
