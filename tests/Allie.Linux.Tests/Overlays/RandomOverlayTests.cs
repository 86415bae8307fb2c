using Xunit;

namespace Allie.Linux.Tests.Overlays;

/// <summary>
/// Random images and layers: applied twice is applied once; what is withdrawn leaves the tree as it was. The same trees each time, so that
/// a change is judged by itself; ALLIE_TEST_SEED=N tries others.
/// </summary>
public class RandomOverlayTests
{
    private const int Cases = 12;

    private static readonly string[] Names = ["a", "b", "c", "d e", "é"];

    public RandomOverlayTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    [Fact]
    public void Applying_twice_is_applying_once_and_withdrawing_all_gives_the_tree_back()
    {
        var (seed, clean) = (int.TryParse(Environment.GetEnvironmentVariable("ALLIE_TEST_SEED"), out var given) ? given : 1, 0);
        for (var i = seed; i < seed + Cases; i++)
        {
            var random = new Random(i);
            using var box = new Sandbox($"mkdir none; {Tree(random, "image/top", false)}{Tree(random, "low/top", true)}{Tree(random, "high/top", true)}");
            var before = box.Snapshot();

            var first = box.Apply(["low", "high"]);
            var applied = WithoutTimes(box.Snapshot());
            var second = box.Apply(["low", "high"]);
            Assert.True(second.Plan.Steps.Count == 0, $"seed {i}: {string.Join("; ", second.Plan.Steps)}");
            box.Apply(["low"]);
            clean += first.Result.Faults.Count == 0 ? 1 : 0;
            var again = box.Apply(["low", "high"]);

            // A clash is one whatever was applied before. What lies there is left as it is, and that does depend on what was.
            Assert.True(Topmost(first.Result.Faults).SetEquals(Topmost(again.Result.Faults)), $"seed {i}: {string.Join("; ", first.Result.Faults)} but then {string.Join("; ", again.Result.Faults)}");
            Assert.True(first.Result.Faults.Count > 0 || applied == WithoutTimes(box.Snapshot()), $"seed {i}: {Difference(applied, WithoutTimes(box.Snapshot()))}");
            box.Apply(["none"]);
            Assert.True(before == box.Snapshot(), $"seed {i} ({first.Result.Faults.Count} faults): {Difference(before, box.Snapshot())}");
        }

        Assert.True(clean > 0, $"seed {seed}: only {clean} of {Cases} cases were without a clash");
    }

    /// <summary>Of what lies below a clash only that is named which some run has looked at.</summary>
    private static HashSet<Allie.Files.ImagePath> Topmost(IReadOnlyList<Allie.Overlays.PathFault> faults) =>
        [.. faults.Select(f => f.Path).Where(p => !faults.Any(o => o.Path != p && p.IsAtOrBelow(o.Path)))];

    /// <summary>What is the same but for its time is not written again, so which layer's time it has depends on what was there.</summary>
    private static string WithoutTimes(string snapshot) => System.Text.RegularExpressions.Regex.Replace(snapshot, @" \d+\.\d{10} ", " ");

    private static string Difference(string was, string now) =>
        string.Join("\n", was.Split('\n').Except(now.Split('\n')).Select(l => "- " + l).Concat(now.Split('\n').Except(was.Split('\n')).Select(l => "+ " + l)));

    private static string Tree(Random random, string top, bool isLayer)
    {
        var script = $"mkdir -p {top}; ";
        for (var i = 0; i < 8; i++)
        {
            var path = top;
            for (var depth = random.Next(3); depth > 0; depth--)
            {
                // Mostly names that no file has: a file and a directory of one name clash, and a clash is left as it is.
                path += "/" + (random.Next(8) == 0 ? Names[random.Next(Names.Length)] : "D" + random.Next(3));
            }

            var name = Names[random.Next(Names.Length)];
            var make = (isLayer ? random.Next(6) : random.Next(3)) switch
            {
                0 or 5 => $"echo {random.Next(3)} > '{path}/{name}'; chmod {(random.Next(2) == 0 ? 600 : 644)} '{path}/{name}'",
                1 => $"ln -s 'to{random.Next(3)}' '{path}/{name}'",
                2 => $"mkdir -m {(random.Next(2) == 0 ? 700 : 755)} '{path}/{(random.Next(8) == 0 ? name : "E" + random.Next(2))}'",
                3 => $"touch '{path}/.wh.{name}'",
                _ => $"touch '{path}/.keep.{name}'",
            };
            script += $"{{ mkdir -p '{path}' && {make}; }} 2>/dev/null || true; ";
        }

        return script;
    }
}
