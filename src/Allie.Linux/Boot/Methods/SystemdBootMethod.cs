using Allie.Boot;
using Allie.Boot.Efi;
using Allie.Boot.Trying;
using Allie.Linux.Files;

namespace Allie.Linux.Boot.Methods;

/// <summary>
/// systemd-boot: kernel, initrd and an entry file on its partition; LoaderEntryOneShot for the try, LoaderEntryDefault for the commit (the Boot
/// Loader Interface). loader.conf is never touched.
/// </summary>
/// <param name="files">The top of the EFI system partition.</param>
/// <param name="variables">Of the firmware.</param>
public sealed class SystemdBootMethod(BootFiles files, EfiVariables variables) : IBootMethod
{
    private const string OldDefault = "EFI/allie/old-default"; // what LoaderEntryDefault was before ours

    public BootMethod Method => BootMethod.SystemdBoot;

    public BootFiles Files => files;

    public string? TryRefusal => variables.AreThere ? null : "EFI variables cannot be written";

    public IReadOnlyList<string> TextFiles(string slot) => [Entry(slot), OldDefault];

    public string? KernelDirectory(string slot) => Directory(slot);

    public (EfiVariables? Firmware, IReadOnlyList<string> Names) Variables(string slot) => (variables, [EfiVariable.Default, EfiVariable.OneShot]);

    public MethodState State() => new(SlotIn(EfiVariable.Default), SlotIn(EfiVariable.OneShot));

    public bool Has(string slot) => files.Read(Entry(slot)) is not null;

    public void Check()
    {
    }

    public void Stage(BootEntry entry, ImageRoot slot)
    {
        var directory = Directory(entry.Slot);
        KernelCopy.Make(files, directory, entry, slot);
        var copied = entry with { Kernel = $"/{directory}/{KernelCopy.Kernel}", Initrd = $"/{directory}/{KernelCopy.Initrd}" };
        files.Put(Entry(entry.Slot), BlsEntry.Format(copied));
        files.Flush();
    }

    public void Remove(string slot)
    {
        if (SlotIn(EfiVariable.OneShot) == slot)
        {
            variables.Remove(EfiVariable.OneShot);
        }

        if (SlotIn(EfiVariable.Default) is var started && (started == slot || started is null))
        {
            MakeDefault(null);
        }

        files.Put(Entry(slot), null);
        files.RemoveDirectory(Directory(slot));
        files.RemoveIfEmpty("EFI/allie");
        files.Flush();
    }

    public void Arm(string slot, int tries) => variables.Write(EfiVariable.OneShot, EfiVariable.OfText(BlsEntry.FileName(slot)));

    public void Disarm()
    {
        if (SlotIn(EfiVariable.OneShot) is not null)
        {
            variables.Remove(EfiVariable.OneShot);
        }
    }

    public void MakeDefault(string? slot)
    {
        if (slot is not null)
        {
            if (SlotIn(EfiVariable.Default) is null)
            {
                files.Put(OldDefault, EfiVariable.Text(variables.Read(EfiVariable.Default) ?? []));
                files.Flush();
            }

            variables.Write(EfiVariable.Default, EfiVariable.OfText(BlsEntry.FileName(slot)));
        }
        else
        {
            if (SlotIn(EfiVariable.Default) is null)
            {
                // it is so already, perhaps by a run that was cut short
            }
            else if (files.Read(OldDefault) is { Length: > 0 } old)
            {
                variables.Write(EfiVariable.Default, EfiVariable.OfText(old));
            }
            else
            {
                variables.Remove(EfiVariable.Default);
            }

            files.Put(OldDefault, null);
        }

        Disarm();
    }

    private string? SlotIn(string variable) =>
        variables.Read(variable) is { } value && EfiVariable.Text(value) is var id && id.EndsWith(".conf", StringComparison.Ordinal) ? BootEntry.SlotOf(id[..^5]) : null;

    private static string Directory(string slot) => BootEntry.IdOf(slot);

    private static string Entry(string slot) => $"loader/entries/{BlsEntry.FileName(slot)}";
}
