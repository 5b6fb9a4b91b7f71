/**
 * Terms of export trade that general dictionaries lack: energy, tools, textiles, machinery, shipping. In lower case,
 * each as it stands in a letter; a sequence's own glossary adds the rest.
 */
export const TRADE_WORDS: readonly string[] = (
  'photovoltaic photovoltaics inverter inverters microinverter microinverters bifacial monocrystalline polycrystalline ' +
  'agrivoltaic rooftop rooftops datasheet datasheets spec specs prepress colorfast colourfast colorfastness ' +
  'colourfastness denier jacquard elastane spandex polyamide viscose greige microfibre microfiber nonwoven nonwovens ' +
  'geotextile geotextiles upholstery woven yarns servo servos spindle spindles lathe lathes toolroom toolmaker ' +
  'workpiece workpieces deburring toolholder toolholders aftermarket aftersales cordless brushless driverless ' +
  'ratcheting wholesaler wholesalers reseller resellers incoterm incoterms anodised anodized galvanised galvanized ' +
  'retrofit retrofits turnkey upcycled recyclable leadtime email emails webshop webshops online videocall ebike ebikes ' +
  'powertrain drivetrain gearbox gearboxes extruder extruders thermoformed overmoulded overmolded pallet pallets ' +
  'palletised palletized stackable hotline showroom showrooms startup startups fibreglass fiberglass stoneware ' +
  'tableware flatware cookware bakeware dishwasher homeware homewares eco offgrid prewired rebar formwork ' +
  'fishplate fishplates mulesing dinamométrica dinamométricas llenadora llenadoras maillot maillots'
).split(' ');
