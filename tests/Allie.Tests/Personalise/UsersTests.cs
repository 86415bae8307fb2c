using Allie.Errors;
using Allie.Personalise;
using Allie.Tests.Blandify;
using Xunit;

namespace Allie.Tests.Personalise;

public sealed class UsersTests
{
    private static readonly PersonalChoices Merge = new() { UsersFrom = 1000 };

    [Fact]
    public void Accounts_are_merged_by_name_with_their_groups_and_hashes()
    {
        var old = new MemoryTree(
            ("etc/passwd", "root:x:0:0::/root:/bin/sh\ndaemon:x:2:2::/:/bin/false\nada:x:1000:1000::/home/ada:/bin/bash\nbob:x:1001:100::/home/bob:/bin/bash\nnobody:x:65534:65534::/:/bin/false\n"),
            ("etc/group", "root:x:0:\nusers:x:100:\naudio:x:29:ada,pulse\nada:x:1000:\nteam:x:1500:ada,bob\n"),
            ("etc/shadow", "root:*:1::::::\nada:$6$secret:1::::::\n"), ("etc/subuid", "ada:100000:65536\n"));
        var tree = Pc.Done(Pc.Facts(old, Image()) with { Choices = Merge });

        Assert.Equal("root:x:0:0::/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/bash\nbob:x:1001:100::/home/bob:/bin/bash\n", tree.Text("etc/passwd"));
        Assert.Equal("root:x:0:\nusers:x:100:\naudio:x:63:ada\nada:x:1000:\nteam:x:1500:ada,bob\n", tree.Text("etc/group"));
        Assert.Equal("root:*:2::::::\nada:$6$secret:1::::::\n", tree.Text("etc/shadow"));
        Assert.Null(tree.Text("etc/subuid"));
    }

    [Theory]
    [InlineData("ada:x:1000:100::/:/bin/sh", "", "uid 1000 is user ada on this PC and eve in the image")]
    [InlineData("eve:x:1001:100::/:/bin/sh", "", "user eve has uid 1001 on this PC and 1000 in the image")]
    [InlineData("ada:x:1002:1000::/:/bin/sh", "ada:x:1000:", "gid 1000 is group ada on this PC and eve in the image")]
    public void A_number_under_two_names_is_refused(string passwd, string group, string said)
    {
        var old = new MemoryTree(("etc/passwd", passwd + "\n"), ("etc/group", group + "\n"));
        var image = new MemoryTree(("etc/passwd", "eve:x:1000:1000::/:/bin/sh\n"), ("etc/group", "eve:x:1000:\n"));

        var error = Assert.Throws<UserError>(() => Pc.Plan(Pc.Facts(old, image) with { Choices = Merge }));

        Assert.Equal((2, "cannot merge the accounts: " + said), (error.ExitCode, error.Message));
    }

    [Fact]
    public void No_step_shows_what_it_writes()
    {
        var old = new MemoryTree(("etc/passwd", "ada:x:1000:1000::/:/bin/sh\n"), ("etc/shadow", "ada:$6$secret:1::::::\n"), ("etc/group", "ada:x:1000:\n"));

        var step = Assert.Single(Pc.Plan(Pc.Facts(old, Image()) with { Choices = Merge }).Steps, s => s.Target == "/etc/shadow");

        Assert.DoesNotContain(step.Details, d => d.Value?.Contains("secret", StringComparison.Ordinal) == true);
        Assert.DoesNotContain("secret", step.Target + step.Reason, StringComparison.Ordinal);
    }

    private static MemoryTree Image() => new(("etc/passwd", "root:x:0:0::/root:/bin/sh\n"), ("etc/group", "root:x:0:\nusers:x:100:\naudio:x:63:\n"), ("etc/shadow", "root:*:2::::::\n"));
}
