using Allie.Errors;
using Allie.Files;
using Allie.Images.Digests;
using Allie.Linux.Files;
using Allie.Linux.Images.Digests;
using Allie.Linux.Images.Fetch;
using Allie.Linux.Tests.Images.Digests;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Images.Fetch;

public sealed class TreeSurveyTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Exactly_what_differs_is_wanted_and_what_the_image_has_not_is_extra()
    {
        Image();
        Shell.Run(
            """
            cp -a usr/same usr/kept; printf XXXX > usr/rotten; touch -r usr/kept usr/rotten # size and time as before
            rm usr/gone; echo new > usr/lib/extra; mkdir -p local/below; chmod 700 usr/mode; ln -snf other usr/link
            touch -r ../image/usr usr; touch -r ../image/usr/lib usr/lib
            """, _temp.At("copy"));
        using var copy = ImageRoot.Open(_temp.At("copy"));

        var survey = Survey(copy);

        Assert.Equal(["", "usr", "usr/gone", "usr/lib", "usr/link", "usr/mode", "usr/rotten"], survey.Wanted.Select(p => p.Raw).Order(StringComparer.Ordinal));
        Assert.Equal(["local", "local/below", "usr/kept", "usr/lib/extra"], survey.Extra.Select(p => p.Raw).Order(StringComparer.Ordinal));
        Assert.False(survey.IsTheImage());
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("printf rotx > copy/usr/rotten; touch -r image/usr/rotten copy/usr/rotten", false)]
    [InlineData("chmod 711 copy/usr", false)]
    public void Only_when_all_of_it_was_put_right_is_it_the_image(string then, bool isTheImage)
    {
        Image();
        Shell.Run("printf XXXX > usr/rotten; rm -r usr/lib; mkdir usr/mine", _temp.At("copy"));
        using var copy = ImageRoot.Open(_temp.At("copy"));
        var survey = Survey(copy);

        Shell.Run("rsync -aHAX -@-1 --ignore-times --delete image/ copy/; " + then, _temp.Path);

        Assert.Equal(isTheImage, survey.IsTheImage());
    }

    [Fact]
    public void The_names_of_one_file_are_wanted_together()
    {
        Image();
        Shell.Run("cp -a usr/hard-2 x; mv x usr/hard-2; touch -r ../image/usr usr", _temp.At("copy")); // same bytes, no link any more
        using var torn = ImageRoot.Open(_temp.At("copy"));

        Assert.False(Survey(torn).IsTheImage());

        Shell.Run("rm -r copy; cp -a image copy; ln copy/usr/hard-1 copy/usr/hard-3; touch -r image/usr copy/usr", _temp.Path);
        using var more = ImageRoot.Open(_temp.At("copy"));
        Assert.Equal(["usr", "usr/hard-1", "usr/hard-2"], Survey(more).Wanted.Select(p => p.Raw).Order(StringComparer.Ordinal));
        Assert.Equal(["usr/hard-3"], Survey(more).Extra.Select(p => p.Raw));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_failure_while_reading_is_told_as_itself(bool fromDisk)
    {
        Image();
        using var image = ImageRoot.Open(_temp.At("image"));
        Assert.Throws<UserError>(() => DigestReading.All(image, _ => throw new UserError("full"), fromDisk));
    }

    private void Image() => Shell.Run(
        """
        mkdir -p image/usr/lib; cd image/usr
        echo same > same; echo mode > mode; printf 'good' > rotten; echo gone > gone; echo lib > lib/file; ln -s target link
        echo hard > hard-1; ln hard-1 hard-2
        cd ../..; cp -a image copy
        """, _temp.Path);

    private TreeSurvey Survey(ImageRoot copy)
    {
        using var image = ImageRoot.Open(_temp.At("image"));
        var paths = Shell.Run("find . -printf '%P\\n'", _temp.At("image")).Split('\n').Select(ImagePath.FromRaw).Distinct();
        return TreeSurvey.Of(copy, ReadDigests.Of(image), PathList.TryParse(PathList.Format(paths))!, new(_ => { }, 0));
    }
}
