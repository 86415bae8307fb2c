using System.Text;
using Xunit;

namespace Allie.EndToEnd.Overlays;

/// <summary>
/// Random images and layers with hostile names: applied twice is applied once, changed layers give what a fresh run gives, and without
/// layers the image is as it was. ALLIE_TEST_SEED tries other trees.
/// </summary>
public class RandomTreeTests
{
    private const int Cases = 8;

    private static readonly string[] Names = ["plain", "with space", "new\\nline", "\\xff\\xfe", "-n", "'", "\"$(touch witness)\"", "\\\\", "*", "é", ".hidden", "a;b"];

    public RandomTreeTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    [Fact]
    public void Random_layers_are_applied_once_changed_and_withdrawn_without_a_trace()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("ALLIE_TEST_SEED"), out var given) ? given : 1; // the same trees each time: a change is judged by itself
        for (var i = seed; i < seed + Cases; i++)
        {
            var random = new Random(i);
            using var trial = new Trial(Tree(random, "image", false) + Tree(random, "layers/low", true) + Tree(random, "layers/high", true) + "mkdir fresh; cp -a image fresh/image");
            try
            {
                trial.Run(
                    """
                    apply low -- -y; apply low high -- -y; exits 0 0
                    identity image > once; twice_is_once low high; manifest image > changed
                    rm -rf aside; mv image aside; mv fresh/image image; apply low high -- -y; manifest image > new
                    # Of two layers with the same file but for its time the one that came first is left alone.
                    untimed() { tr '\n\0' ' \n' < "$1" | sed -E 's/ [0-9]+\.[0-9]{10} / /' | tr '\n' '\0'; }
                    untimed changed > changed.untimed; untimed new > new.untimed
                    same changed.untimed new.untimed 'late and fresh differ'
                    withdrawn_is_before; rm -rf image; mv aside image; withdrawn_is_before
                    if [ -e witness ]; then fail 'a name was run'; fi
                    """);
            }
            catch (InvalidOperationException e)
            {
                Assert.Fail($"ALLIE_TEST_SEED={i}: {e.Message}");
            }
        }
    }

    /// <summary>Files, links, fifos and directories never share a name, so nothing clashes; whiteouts and .keep. meet all of them.</summary>
    private static string Tree(Random random, string top, bool isLayer)
    {
        var script = new StringBuilder();
        var named = new HashSet<string>();
        for (var i = 0; i < 12; i++)
        {
            var path = top + "/srv";
            for (var depth = random.Next(3); depth > 0; depth--)
            {
                path += $"/dir {random.Next(2)}";
            }

            var name = Names[random.Next(Names.Length)];
            var kind = random.Next(isLayer ? 6 : 4);
            if (!named.Add(path + name))
            {
                continue; // a layer that speaks of a path twice is refused
            }

            name = kind switch { 1 => "link " + name, 2 => "fifo " + name, 4 => ".wh.file " + name, 5 => ".keep.file " + name, 3 => "new " + name, _ => "file " + name };
            var at = $"$'{(path + "/" + name).Replace("'", "\\'", StringComparison.Ordinal)}'";
            script.Append($"mkdir -p '{path}'; ").Append(kind switch
            {
                1 => $"ln -sfn 'to {random.Next(3)}' {at}",
                2 => $"[ -e {at} ] || mkfifo {at}",
                3 => $"mkdir -p {at}; chmod 0{random.Next(8)}7{random.Next(8)} {at}",
                0 => $"echo {random.Next(3)} > {at}; chmod {(random.Next(3) == 0 ? "4755" : "640")} {at}; setfattr -n user.n -v {random.Next(2)} {at}",
                _ => $"touch {at}",
            }).Append('\n');
        }

        return script.ToString();
    }
}
