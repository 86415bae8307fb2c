using System.Globalization;
using Allie.Boot;
using Allie.Boot.Efi;
using Allie.Boot.Trying;
using Allie.Errors;
using Allie.Linux.Files;

namespace Allie.Linux.Boot.Methods;

/// <summary>
/// The firmware starts the kernel itself: Boot#### with the kernel's EFI stub, BootNext for the try, the first place of BootOrder for the commit.
/// The firmware clears BootNext before it starts the entry: the strongest one-shot there is.
/// </summary>
/// <param name="files">The top of the EFI system partition.</param>
/// <param name="variables">Of the firmware.</param>
/// <param name="partition">Where that partition is, for the device path.</param>
public sealed class BootNextMethod(BootFiles files, EfiVariables variables, BootPartition partition) : IBootMethod
{
    private const int FirstNumber = 0x40; // firmware and installers count from 0
    private const string OldOrder = "EFI/allie/old-order";

    public BootMethod Method => BootMethod.BootNext;

    public BootFiles Files => files;

    public string? TryRefusal => null;

    public IReadOnlyList<string> TextFiles(string slot) => [OldOrder];

    public string? KernelDirectory(string slot) => Directory(slot);

    public (EfiVariables? Firmware, IReadOnlyList<string> Names) Variables(string slot) =>
        (variables, [.. NumberOf(slot) is { } number ? [EfiVariable.Boot(number)] : Array.Empty<string>(), EfiVariable.BootOrder, EfiVariable.BootNext]);

    private IReadOnlyList<int> Order => EfiVariable.Numbers(variables.Read(EfiVariable.BootOrder) ?? []);

    public MethodState State()
    {
        var ours = Ours();
        var next = EfiVariable.Numbers(variables.Read(EfiVariable.BootNext) ?? []);
        return new(Order is [var first, ..] ? ours.GetValueOrDefault(first) : null, next is [var number] ? ours.GetValueOrDefault(number) : null);
    }

    public bool Has(string slot) => Ours().ContainsValue(slot);

    public void Check()
    {
        if (!variables.AreThere)
        {
            throw UserError.Refused("EFI variables cannot be written", "mount -t efivarfs efivarfs /sys/firmware/efi/efivars; a system started in BIOS mode has none");
        }
    }

    public void Stage(BootEntry entry, ImageRoot slot)
    {
        var directory = Directory(entry.Slot);
        KernelCopy.Make(files, directory, entry, slot);
        files.Flush();
        var number = NumberOf(entry.Slot) ?? Enumerable.Range(FirstNumber, 0x100).First(n => variables.Read(EfiVariable.Boot(n)) is null);
        var initrd = $"initrd={Backslashes(directory)}\\{KernelCopy.Initrd}";
        variables.Write(EfiVariable.Boot(number), EfiVariable.OfOption(new(
            entry.Id, partition.Number, partition.FirstSector, partition.Sectors, Guid.Parse(partition.PartUuid),
            $"{Backslashes(directory)}\\{KernelCopy.Kernel}", $"{initrd} {entry.Line}")));
    }

    public void Remove(string slot)
    {
        if (NumberOf(slot) is { } number)
        {
            if (State().Armed == slot)
            {
                variables.Remove(EfiVariable.BootNext);
            }

            if (Order.Contains(number))
            {
                SetOrder(OrderBefore().Where(n => n != number));
            }

            variables.Remove(EfiVariable.Boot(number));
        }

        files.RemoveDirectory(Directory(slot));
        if (Ours().Count == 0)
        {
            files.Put(OldOrder, null);
            files.RemoveIfEmpty("EFI/allie");
        }

        files.Flush();
    }

    public void Arm(string slot, int tries) => variables.Write(EfiVariable.BootNext, EfiVariable.OfNumbers([Required(slot)]));

    public void Disarm()
    {
        if (State().Armed is not null)
        {
            variables.Remove(EfiVariable.BootNext);
        }
    }

    public void MakeDefault(string? slot)
    {
        if (slot is not null)
        {
            if (State().Default is null)
            {
                files.Put(OldOrder, string.Join(' ', Order.Select(n => n.ToString("X4", CultureInfo.InvariantCulture))));
                files.Flush();
            }

            var number = Required(slot);
            SetOrder(OrderBefore().Where(n => n != number).Prepend(number));
        }
        else if (State().Default is not null)
        {
            SetOrder(OrderBefore());
        }

        Disarm();
    }

    /// <summary>Without our entries; as it was before the first commit where that is known and the firmware has not added to it.</summary>
    private IReadOnlyList<int> OrderBefore()
    {
        var ours = Ours();
        var now = Order.Where(n => !ours.ContainsKey(n)).ToList();
        var old = (files.Read(OldOrder) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => Convert.ToInt32(n, 16)).Where(n => !ours.ContainsKey(n)).ToList();
        return old.Order().SequenceEqual(now.Order()) ? old : now;
    }

    private void SetOrder(IEnumerable<int> order)
    {
        if (order.ToList() is { Count: > 0 } numbers)
        {
            variables.Write(EfiVariable.BootOrder, EfiVariable.OfNumbers(numbers));
        }
        else
        {
            variables.Remove(EfiVariable.BootOrder);
        }
    }

    private int Required(string slot) => NumberOf(slot) ?? throw new UserError($"the firmware has lost the entry of slot {slot}", $"allie slot boot-next {slot} writes it anew");

    private int? NumberOf(string slot) => Ours().Where(o => o.Value == slot).Select(o => (int?)o.Key).FirstOrDefault();

    /// <summary>Our load options: number and slot.</summary>
    private Dictionary<int, string> Ours()
    {
        var found = new Dictionary<int, string>();
        foreach (var name in variables.Names)
        {
            if (EfiVariable.BootNumber(name) is { } number && variables.Read(name) is { Length: > 4 } option
                && BootEntry.SlotOf(LoadOption.DescriptionOf(option.AsSpan(4))) is { } slot)
            {
                found[number] = slot;
            }
        }

        return found;
    }

    private static string Directory(string slot) => $"EFI/allie/{slot}";

    private static string Backslashes(string path) => "\\" + path.Replace('/', '\\');
}
