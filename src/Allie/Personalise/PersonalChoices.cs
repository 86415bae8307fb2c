using Allie.Errors;

namespace Allie.Personalise;

/// <summary>[personalise] of allie.toml, and the lists of carry.d.</summary>
public sealed record PersonalChoices
{
    /// <summary>Everything on, accounts of the image.</summary>
    public static readonly PersonalChoices Default = new();

    /// <summary>Names of items that are switched off.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>True: the image gets a machine-id of its own instead of the PC's.</summary>
    public bool NewMachineId { get; init; }

    /// <summary>Accounts with this uid or a higher one are merged into the image's; null: none are.</summary>
    public int? UsersFrom { get; init; }

    /// <param name="skip">Checked against <see cref="PersonalPlan.Items"/>.</param>
    /// <param name="machineId">"carry" or "new".</param>
    /// <param name="users">"" or "uid>=N".</param>
    /// <param name="file">For the message.</param>
    /// <exception cref="UserError">Exit 2, with what is possible.</exception>
    public static PersonalChoices Check(IReadOnlyList<string> skip, string machineId, string users, string file)
    {
        var names = PersonalPlan.Items.Select(i => i.Name).ToList();
        if (skip.FirstOrDefault(s => !names.Contains(s)) is { } unknown)
        {
            throw UserError.Refused($"unknown item '{unknown}' for personalise.skip in {file}", "items: " + string.Join(", ", names));
        }

        if (machineId is not ("carry" or "new"))
        {
            throw UserError.Refused($"cannot use '{machineId}' for personalise.machine-id in {file}", "it must be \"carry\" or \"new\"");
        }

        const string From = "uid>=";
        int? least = users.Length == 0 ? null
            : users.StartsWith(From, StringComparison.Ordinal) && int.TryParse(users[From.Length..], out var uid) && uid > 0 ? uid
            : throw UserError.Refused($"cannot use '{users}' for personalise.users in {file}", "it must be \"uid>=N\", for example \"uid>=1000\"");
        return new() { Skip = skip, NewMachineId = machineId == "new", UsersFrom = least };
    }
}
