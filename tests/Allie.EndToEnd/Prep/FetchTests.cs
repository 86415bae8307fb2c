using Xunit;

namespace Allie.EndToEnd.Prep;

[Collection("loop devices")]
public sealed class FetchTests : IDisposable
{
    private readonly TrialPc _pc = new();

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void An_image_is_fetched_onto_an_empty_file_system_and_onto_no_other()
    {
        _pc.Server.Start();

        var said = _pc.OnEmptyFileSystem("""
            allie image fetch deb13 "$target" -n && exit 1 || [ $? = 3 ]
            [ -z "$(ls -A "$target")" ]
            allie image fetch deb13 "$target"
            cmp "$tree/usr/share/big" "$target/usr/share/big"
            [ ! -e "$target/.allie-fetch" ]
            allie image fetch deb13 "$target" 2>&1 && exit 1 || [ $? = 2 ]
            rm "$target/usr/share/big"; echo deb13 >"$target/.allie-fetch"
            allie image fetch deb13 "$target"
            cmp "$tree/usr/share/big" "$target/usr/share/big"
            allie image fetch deb13 / 2>&1 && exit 1 || [ $? = 2 ]
            """);

        Assert.Contains("it is not empty", said, StringComparison.Ordinal);
        Assert.Contains("running root's file system", said, StringComparison.Ordinal);
    }
}
