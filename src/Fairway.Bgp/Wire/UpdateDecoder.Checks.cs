namespace Fairway.Bgp.Wire;

/// <content>What is wrong with the attributes, and what follows.</content>
internal ref partial struct UpdateDecoder
{
    private bool CheckAttributes()
    {
        CheckStructure();
        for (var i = 0; i < _table.Count && _error is null; i++)
        {
            CheckAttribute(i);
        }

        CheckNextHop();
        CheckMandatory();
        var certain = !_nlriField.IsEmpty || !_reach.Nlri.IsEmpty;
        if (_error is null && !certain && HasOtherThanUnreach() && WorstTreatment() is UpdateTreatment.TreatAsWithdraw)
        {
            // RFC 7606 §5.2: a fault, and no routes by which to tell what it concerns.
            var fault = _problems.Find(problem => problem.Treatment is UpdateTreatment.TreatAsWithdraw)!;
            _error = Reset(UpdateSubcode.MalformedAttributeList, $"{fault.Attribute} {fault.Reason}, and no reachable routes to withdraw.");
        }

        return _error is null;
    }

    private void CheckStructure()
    {
        if (_table.IsOverrun)
        {
            _problems.Add(new(null, UpdateTreatment.TreatAsWithdraw, "an attribute overruns the attributes field")); // RFC 7606 §4
        }

        foreach (var type in _table.Duplicates ?? [])
        {
            if (type is PathAttributeType.MpReachNlri or PathAttributeType.MpUnreachNlri)
            {
                _error = Reset(UpdateSubcode.MalformedAttributeList, $"{type} stands twice."); // RFC 7606 §3 g
            }

            _problems.Add(new(type, UpdateTreatment.AttributeDiscard, "stands more than once; the first counts"));
        }
    }

    private void CheckAttribute(int index)
    {
        var attribute = _table[index];
        var isIgnored = attribute.Type is PathAttributeType.NextHop && _nlriField.IsEmpty; // RFC 4760 §3
        if (isIgnored || AttributeRules.Check(attribute, _table.ValueOf(attribute), _options) is not { } problem)
        {
            return;
        }

        _problems.Add(problem);
        _table.Discard(index);
    }

    private readonly void CheckNextHop()
    {
        if (_mpAnnounced.Count > 0 && NextHopCodec.FindProblem(NextHopCodec.First(_reach.NextHop), _options) is { } reason)
        {
            _problems.Add(new(PathAttributeType.MpReachNlri, UpdateTreatment.TreatAsWithdraw, reason));
        }
    }

    /// <summary>RFC 7606 §3 d: a missing well-known mandatory attribute costs the routes.</summary>
    private readonly void CheckMandatory()
    {
        if (_announced.Count == 0 && _mpAnnounced.Count == 0)
        {
            return;
        }

        Require(PathAttributeType.Origin);
        Require(PathAttributeType.AsPath);
        if (_announced.Count > 0)
        {
            Require(PathAttributeType.NextHop);
        }
    }

    private readonly void Require(PathAttributeType type)
    {
        if (!_table.TryFind(type, out _) && !_problems.Exists(problem => problem.Attribute == type))
        {
            _problems.Add(new(type, UpdateTreatment.TreatAsWithdraw, "is missing"));
        }
    }

    private readonly bool HasOtherThanUnreach() =>
        _table.IsOverrun || _table.Count != 1 || _table[0].Type != PathAttributeType.MpUnreachNlri;

    private readonly UpdateTreatment WorstTreatment()
    {
        var worst = UpdateTreatment.None;
        foreach (var problem in _problems)
        {
            worst = problem.Treatment > worst ? problem.Treatment : worst;
        }

        return worst;
    }
}
