using Allie.Config;
using Allie.Files;

namespace Allie.Personalise.Items;

/// <summary>ALLiE's own: server, slots, carry lists. With them the image can make the next hop.</summary>
internal sealed class SettingsItem : IPersonalItem
{
    public string Name => "settings";

    public string What => "/etc/allie.toml with the slots, and /etc/allie/carry.d";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        draft.Copy(0, ImagePath.Of(PcSettings.DefaultFile), "settings of this PC");
        foreach (var list in CarryList.Files(facts.Old))
        {
            draft.Copy(0, list, "settings of this PC");
        }
    }
}
