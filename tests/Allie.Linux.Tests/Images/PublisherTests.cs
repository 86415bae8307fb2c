using Allie.Errors;
using Allie.Linux.Images;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Images;

public sealed class PublisherTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly ImageStore _store;

    public PublisherTests()
    {
        _store = new(_temp.Path);
        Directory.CreateDirectory(_temp.At(".generations"));
        Directory.CreateDirectory(_temp.At(".work"));
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_work_tree_becomes_the_next_generation_with_its_stamp_and_the_list_of_sparse_files()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        WorkTree("one");
        _store.WriteCapture("f18", new("pc7", "2026-01-02T03:04:05Z"));
        Shell.Run("truncate -s 1M 'usr/a hole' && echo end >> 'usr/a hole' && truncate -s 1M usr/all-hole && printf full > usr/full", _temp.At(".work/f18"));

        Publisher().Publish(DateTime.UtcNow);

        Assert.Equal(1, _store.Current("f18"));
        Assert.False(_store.HasWorkTree("f18"));
        Assert.Null(_store.Capture("f18"));
        Assert.Equal(new("f18", 1, "2026-01-02T03:04:05Z", "pc7"), _store.Stamp("f18", 1));
        Assert.Equal("usr/a hole\0usr/all-hole\0", File.ReadAllText(_temp.At("f18/var/lib/allie/sparse")));
        Assert.Equal("600 .generations/f18/1", Shell.Run("stat -c %a f18/var/lib/allie/sparse; readlink f18", _temp.Path).Replace('\n', ' '));
    }

    [Fact]
    public void Generations_count_up_and_the_old_ones_stay()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        foreach (var content in new[] { "one", "two" })
        {
            WorkTree(content);
            Publisher().Publish(DateTime.UtcNow);
        }

        Assert.Equal([1, 2], _store.GenerationsOf("f18"));
        Assert.Equal("one two", Shell.Run("cat .generations/f18/1/etc/motd; echo -n ' '; cat f18/etc/motd", _temp.Path));
    }

    [Fact]
    public void A_publish_killed_between_the_move_and_the_switch_leaves_the_old_one_and_is_finished_by_the_next()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        WorkTree("one");
        Publisher().Publish(DateTime.UtcNow);
        WorkTree("two");
        Directory.CreateDirectory(_temp.At("aside"));
        // The switch replaces the symlink; a directory in its place makes it fail there, as a kill would end it there.
        Shell.Run("mv f18 aside/ && mkdir f18", _temp.Path);

        var fault = Assert.ThrowsAny<IOException>(() => Publisher().Publish(DateTime.UtcNow));

        Assert.Contains("replace", fault.Message);
        Assert.Equal([1, 2], _store.GenerationsOf("f18"));
        Shell.Run("rmdir f18 && mv aside/f18 .", _temp.Path);
        Assert.Equal((1, 2), (_store.Current("f18"), Publisher().Unfinished));
        Publisher().Switch(2);
        Assert.Equal(2, _store.Current("f18"));
        Assert.Null(Publisher().Unfinished);
    }

    [Fact]
    public void A_publish_killed_before_the_move_starts_again()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        WorkTree("one");
        _temp.Write(".work/.f18.publish", "1\n");

        Assert.Null(Publisher().Unfinished);
        Publisher().Publish(DateTime.UtcNow);
        Assert.Equal(1, _store.Current("f18"));
    }

    [Fact]
    public void A_hostile_link_in_the_tree_does_not_lead_the_stamp_outside()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        WorkTree("one");
        Directory.CreateDirectory(_temp.At("outside"));
        Shell.Run($"rm -r etc var; ln -s {_temp.At("outside")} etc; ln -s {_temp.At("outside")} var", _temp.At(".work/f18"));

        Assert.ThrowsAny<IOException>(() => Publisher().Publish(DateTime.UtcNow));

        Assert.Empty(Directory.GetFileSystemEntries(_temp.At("outside")));
        Assert.Null(_store.Current("f18"));
    }

    [Fact]
    public void A_tree_without_programs_is_refused()
    {
        WorkTree("one");
        File.Delete(_temp.At(".work/f18/usr/bin/true"));

        Assert.Equal(ExitCode.Refused, Assert.Throws<UserError>(() => Publisher().Check()).ExitCode);
    }

    [Fact]
    public void A_second_run_on_the_same_work_tree_is_busy()
    {
        using var first = _store.Lock("f18");

        Assert.Equal(ExitCode.Busy, Assert.Throws<UserError>(() => _store.Lock("f18")).ExitCode);
    }

    private Publisher Publisher() => new(_store, "f18");

    private void WorkTree(string motd)
    {
        _temp.Write(".work/f18/etc/motd", motd);
        _temp.Write(".work/f18/usr/bin/true", "x");
        _temp.Write(".work/f18/var/lib/x", "x");
        Publisher().Check();
    }
}
