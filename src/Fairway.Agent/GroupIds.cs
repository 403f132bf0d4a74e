namespace Fairway.Agent;

/// <summary>Looks groups up in /etc/group.</summary>
internal static class GroupIds
{
    /// <returns>The id, or null where no group is asked for.</returns>
    /// <exception cref="AgentException">There is no such group.</exception>
    public static uint? Find(string? name)
    {
        if (name is null)
        {
            return null;
        }

        if (uint.TryParse(name, out var number))
        {
            return number;
        }

        foreach (var line in File.ReadLines("/etc/group"))
        {
            if (line.Split(':') is [var group, _, var id, ..] && group == name && uint.TryParse(id, out var found))
            {
                return found;
            }
        }

        throw new AgentException($"api.group: there is no group '{name}' on this host; create it, or name another");
    }
}
