namespace Fairway.Agent;

/// <summary>Looks groups up in /etc/group.</summary>
internal static class GroupIds
{
    private const string GroupFile = "/etc/group";

    /// <returns>The id of the group; where none is asked for, that of the usual group, or null if the host has none.</returns>
    /// <exception cref="AgentException">There is no such group.</exception>
    public static uint? Find(string? name)
    {
        if (name is null)
        {
            return Search(ApiOptions.DefaultGroup);
        }

        return (uint.TryParse(name, out var number) ? number : Search(name))
            ?? throw new AgentException($"api.group: there is no group '{name}' on this host; create it, or name another");
    }

    private static uint? Search(string name)
    {
        foreach (var line in File.Exists(GroupFile) ? File.ReadLines(GroupFile) : [])
        {
            if (line.Split(':') is [var group, _, var id, ..] && group == name && uint.TryParse(id, out var found))
            {
                return found;
            }
        }

        return null;
    }
}
