using Allie.Config;
using Allie.Errors;
using Allie.Images;
using Allie.Images.Offer;
using Xunit;

namespace Allie.Tests.Images;

public class ImagesTests
{
    [Fact]
    public void The_next_generation_is_above_the_highest_number_and_ignores_other_names()
    {
        Assert.Equal(11, Generations.Next(["1", "10", "9", "007", "x", ".tmp", "-3"]));
        Assert.Equal(1, Generations.Next([]));
    }

    [Theory]
    [InlineData(".generations/f18/3", 3)]
    [InlineData(".generations/f19/3", null)]
    [InlineData("/srv/elsewhere/3", null)]
    [InlineData(".generations/f18/x", null)]
    public void A_link_tells_the_generation_only_if_it_leads_there(string target, int? generation) =>
        Assert.Equal(generation, Generations.OfLink("f18", target));

    [Theory]
    [InlineData("pc7")]
    [InlineData("10.0.0.7")]
    [InlineData("fe80::1")]
    public void A_PC_is_named_or_addressed(string pc) =>
        Assert.Contains(CaptureSource.Of(pc, 873, "/p").Fetch("/w").Arguments(), a => a.StartsWith("rsync://allie@", StringComparison.Ordinal) && a.Contains(pc));

    [Theory]
    [InlineData("-e sh")]
    [InlineData("a/b")]
    [InlineData("a@b")]
    [InlineData("")]
    public void Anything_else_is_refused(string pc) => Assert.Throws<UserError>(() => CaptureSource.Of(pc, 873, "/p"));

    [Fact]
    public void A_password_is_never_an_argument() =>
        Assert.Contains("--password-file=/p", CaptureSource.Of("pc7", 873, "/p").Fetch("/w").Arguments());

    [Fact]
    public void A_system_is_known_by_etc_and_usr()
    {
        Assert.True(CaptureSource.LooksLikeSystem([new("cd+++++++++", "./"), new("cd+++++++++", "etc/"), new("cd+++++++++", "usr/")]));
        Assert.False(CaptureSource.LooksLikeSystem([new("cd+++++++++", "./"), new("cd+++++++++", "etc/")]));
        Assert.False(CaptureSource.LooksLikeSystem([]));
    }

    [Fact]
    public void An_unfinished_capture_cannot_be_published()
    {
        var error = Assert.Throws<UserError>(() => PublishCheck.Require("f18", ["etc", "usr"], true, new("pc7", "")));

        Assert.Contains("not complete", error.Message);
        PublishCheck.Require("f18", ["etc", "usr"], true, new("pc7", "2026-01-01T00:00:00Z"));
        PublishCheck.Require("f18", ["etc", "usr"], true, null);
    }

    [Theory]
    [InlineData("usr")]
    [InlineData("etc")]
    public void A_tree_that_is_no_system_cannot_be_published(string only) =>
        Assert.Equal(ExitCode.Refused, Assert.Throws<UserError>(() => PublishCheck.Require("f18", [only], true, null)).ExitCode);

    [Fact]
    public void A_capture_record_is_read_back_as_written()
    {
        var record = new CaptureRecord("pc7", "2026-01-01T00:00:00Z");

        Assert.Equal(record, CaptureRecord.Parse(record.Format(), "f"));
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("4h", 14400)]
    [InlineData("2d", 172800)]
    public void A_time_span_is_read(string text, int seconds) => Assert.Equal(seconds, Duration.Parse(text).TotalSeconds);

    [Theory]
    [InlineData("4")]
    [InlineData("h")]
    [InlineData("0s")]
    [InlineData("-1h")]
    [InlineData("99d")]
    public void What_is_no_time_span_is_refused(string text) => Assert.Throws<UserError>(() => Duration.Parse(text));
}
