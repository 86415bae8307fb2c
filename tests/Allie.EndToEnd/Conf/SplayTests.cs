using System.Diagnostics;
using Allie.EndToEnd.OverlayVerbs;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Conf;

/// <summary>The hourly run with all its places in a directory of the test's own, below a program that is called cron.</summary>
public sealed class SplayTests
{
    private const string Places =
        """
        mkdir conf; printf '#!/bin/sh\necho ran >>%s/ran\n' "$PWD" >conf/10mark; chmod 755 conf/10mark
        printf 'state = "%s/state"\nconf = "%s/conf"\nstamp = "%s/stamp"\n[pc]\nname = "pc1"\n' "$PWD" "$PWD" "$PWD" >>pc.toml
        cp /bin/bash cron

        """;

    public SplayTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    [Fact]
    public void Under_cron_a_PC_waits_for_its_time_and_ends_at_once_when_it_is_told_to()
    {
        using var box = new OverlayBox(Places);
        using var cron = Process.Start(box.Path + "/cron", ["-c", $"cd {box.Path}; {Binary.Path} imageconf --config pc.toml & echo $! >pid; wait $!; echo $? >code"]);
        box.Sh("for i in $(seq 5000); do [ -s pid ] && exit 0; sleep 0.02; done; exit 1");

        // Whoever does not come from cron goes ahead, three times, while the first still waits.
        for (var run = 1; run <= 3; run++)
        {
            Assert.Equal((0, "", ""), Binary.Run("imageconf", "--config", box.Path + "/pc.toml"));
        }

        Assert.Equal("3", box.Sh("wc -l <ran; kill $(cat pid)"));
        cron.WaitForExit();
        Assert.Equal("130 3", box.Sh("echo $(cat code) $(wc -l <ran)"));
    }

    [Fact]
    public void The_wait_can_be_set_and_left_out()
    {
        using var box = new OverlayBox(Places);

        box.Sh($"./cron -c '{Binary.Path} imageconf --splay 0 --config pc.toml; :'; {Binary.Path} imageconf --splay 1s --config pc.toml");

        Assert.Equal("2", box.Sh("wc -l <ran"));
        Assert.Equal(2, Binary.Run("imageconf", "--splay", "soon", "--config", box.Path + "/pc.toml").ExitCode);
    }
}
