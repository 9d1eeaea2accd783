import { useStore } from 'zustand';
import { ConflictDialog } from './conflict-dialog.tsx';
import { DeleteSceneDialog } from './delete-scene-dialog.tsx';
import { EditSceneDialog } from './edit-scene-dialog.tsx';
import { ImportScenesDialog } from './import-scenes-dialog.tsx';
import { SaveSceneDialog } from './save-scene-dialog.tsx';
import type { ScenesClient } from './scenes-client.ts';
import { scenesView } from './scenes-view.ts';

/** The dialogs of the scenes, wherever they were asked for; once per window, also where the panel is hidden. */
export function SceneDialogs({ client }: { readonly client: ScenesClient }) {
  const dialog = useStore(scenesView, (view) => view.dialog);
  switch (dialog?.what) {
    case undefined:
      return null;
    case 'save':
      return <SaveSceneDialog client={client} />;
    case 'edit':
      return <EditSceneDialog key={dialog.scene.id} client={client} scene={dialog.scene} />;
    case 'conflict':
      return <ConflictDialog client={client} base={dialog.base} mine={dialog.mine} present={dialog.present} />;
    case 'delete':
      return <DeleteSceneDialog client={client} scene={dialog.scene} />;
    case 'import':
      return <ImportScenesDialog client={client} />;
  }
}
